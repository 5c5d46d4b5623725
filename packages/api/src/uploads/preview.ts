import type { ColumnType } from './columnar/table-format.ts';
import { isMissing, readBoolean, readDate } from './csv/cell-values.ts';
import { NumberReader } from './csv/number-reader.ts';

/** Of a table's first rows, as the console shows them. */
export const PREVIEW_ROWS = 5;
const LONGEST_TEXT = 200;

export type PreviewValue = string | number | boolean | null;

/** A cell as JSON: numbers and booleans as such, dates in ISO 8601, long texts cut. */
export function previewValue(text: string, type: ColumnType, delimiter: string): PreviewValue {
  const bytes = Buffer.from(text);
  if (isMissing(bytes, 0, bytes.length)) return null;
  switch (type) {
    case 'integer':
    case 'number':
      return new NumberReader(delimiter !== ',').read(bytes, 0, bytes.length);
    case 'boolean':
      return readBoolean(bytes, 0, bytes.length) === 1;
    case 'date':
      return dateText(readDate(bytes, 0, bytes.length));
    default:
      return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
  }
}

/** @param time milliseconds since 1970. */
export function dateText(time: number): string {
  const text = new Date(time).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}
