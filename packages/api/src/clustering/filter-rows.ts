import { type Table, textAt } from '@kindred/ml/preprocessing/table.ts';
import { DomainError } from '../errors.ts';
import type { ColumnProfile } from '../uploads/profile/column-profile.ts';
import type { ClusteringParams } from './clustering-params.ts';

type Filter = NonNullable<ClusteringParams['row_filter']>;

const MOST_TOLD = 10;

/**
 * Places of the rows that have one of the wanted values in the column; names and texts are compared without regard to case.
 * @returns all rows where there is no filter, or it is one for tables that have its column and this one has not.
 * @throws DomainError INVALID_INPUT for a column that is not there, or values that no row has, naming those that there are.
 */
export function filterRows({ rows, columns }: Table, filter: ClusteringParams['row_filter']): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  if (filter === null) return all;
  const column = filteringColumn(columns, filter);
  if (!column) return all;
  const wanted = new Set(filter.values.map(plain));
  const valueAt = (row: number) =>
    column.categories ? textAt(column, row) : Number.isNaN(column.values[row]) ? undefined : String(column.values[row]);
  const chosen = all.filter((row) => wanted.has(plain(valueAt(row) ?? '')));
  if (chosen.length > 0) return chosen;
  const there = [...new Set(Array.from(all, valueAt))].filter((value) => value !== undefined);
  throw noRow(filter, column.name, there);
}

/**
 * As many rows as `filterRows` may leave at the most, by the counts of a column's most frequent values.
 * @returns exact where those are all values it has.
 * @throws DomainError INVALID_INPUT as `filterRows`, where that is known.
 */
export function expectedRows(
  { rows, columns }: { readonly rows: number; readonly columns: readonly ColumnProfile[] },
  filter: ClusteringParams['row_filter'],
): { readonly rows: number; readonly exact: boolean } {
  const column = filter === null ? undefined : filteringColumn(columns, filter);
  if (!filter || !column) return { rows, exact: true };
  const wanted = new Set(filter.values.map(plain));
  const sum = (values: ColumnProfile['top']) => values.reduce((total, { count }) => total + count, 0);
  const found = sum(column.top.filter(({ value }) => wanted.has(plain(value))));
  const others = column.distinct > column.top.length ? rows - column.missing - sum(column.top) : 0;
  if (found + others > 0) return { rows: found + others, exact: others === 0 && column.exact };
  throw noRow(
    filter,
    column.name,
    column.top.map(({ value }) => value),
  );
}

function filteringColumn<C extends { readonly name: string }>(columns: readonly C[], filter: Filter): C | undefined {
  const found =
    columns.find(({ name }) => name === filter.column) ??
    columns.find(({ name }) => plain(name) === plain(filter.column));
  if (found || filter.if_present) return found;
  const names = columns.map(({ name }) => name).join(', ');
  throw wrong(`The data set has no column ${filter.column} to choose rows by; it has ${names}`, filter.column);
}

function noRow(filter: Filter, column: string, there: readonly string[]) {
  const told = there.slice(0, MOST_TOLD).join(', ') + (there.length > MOST_TOLD ? ' and others' : '');
  return wrong(`No row has ${filter.values.join(' or ')} in ${column}; there are ${told}`, column);
}

const plain = (text: string) => text.trim().toLowerCase();

const wrong = (message: string, column: string) =>
  new DomainError('INVALID_INPUT', message, { details: { field: 'row_filter', column } });
