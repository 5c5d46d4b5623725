import { textAt } from '@kindred/ml/preprocessing/table.ts';
import { dateText } from '../uploads/preview.ts';
import type { TypedColumn } from './read-table.ts';

/** A cell as files for people have it, as the uploaded one did: booleans and dates as text, a date in ISO 8601; null where there is none. */
export function cellValue(column: TypedColumn, row: number): number | string | null {
  if (column.categories) return textAt(column, row) ?? null;
  const value = column.values[row];
  if (Number.isNaN(value)) return null;
  if (column.type === 'boolean') return value === 1 ? 'true' : 'false';
  return column.type === 'date' ? dateText(value) : value;
}
