import { type Column, type Table, textAt } from '@kindred/ml/preprocessing/table.ts';
import { DomainError } from '../errors.ts';
import type { ClusteringParams } from './clustering-params.ts';

const MOST_TOLD = 10;

/**
 * Places of the rows that have one of the wanted values in the column; names and texts are compared without regard to case.
 * @returns all rows where there is no filter, or it is one for tables that have its column and this one has not.
 * @throws DomainError INVALID_INPUT for a column that is not there, or values that no row has, naming those that there are.
 */
export function filterRows({ rows, columns }: Table, filter: ClusteringParams['row_filter']): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  if (filter === null) return all;
  const column = columnNamed(columns, filter.column);
  if (!column) {
    if (filter.if_present) return all;
    const names = columns.map(({ name }) => name).join(', ');
    throw wrong(`The data set has no column ${filter.column} to choose rows by; it has ${names}`, filter.column);
  }
  const wanted = new Set(filter.values.map(plain));
  const valueAt = (row: number) =>
    column.categories ? textAt(column, row) : Number.isNaN(column.values[row]) ? undefined : String(column.values[row]);
  const chosen = all.filter((row) => wanted.has(plain(valueAt(row) ?? '')));
  if (chosen.length > 0) return chosen;
  const there = [...new Set(Array.from(all, valueAt))].filter((value) => value !== undefined);
  const told = there.slice(0, MOST_TOLD).join(', ') + (there.length > MOST_TOLD ? ' and others' : '');
  throw wrong(`No row has ${filter.values.join(' or ')} in ${column.name}; there are ${told}`, column.name);
}

const plain = (text: string) => text.trim().toLowerCase();

const columnNamed = (columns: readonly Column[], name: string) =>
  columns.find((column) => column.name === name) ?? columns.find((column) => plain(column.name) === plain(name));

const wrong = (message: string, column: string) =>
  new DomainError('INVALID_INPUT', message, { details: { field: 'row_filter', column } });
