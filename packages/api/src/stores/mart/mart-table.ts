/** What the mart tells of each store: what it sold in a quarter, how that has changed, and what it is and where. */

import { cellValue } from '../../clustering/cell-value.ts';
import type { TypedColumn, TypedTable } from '../../clustering/read-table.ts';
import { DomainError } from '../../errors.ts';
import { suggestGroup } from '../feature-groups.ts';
import type { MartColumns } from './mart-columns.ts';
import { quarterAfter, quarterBounds } from './quarter.ts';

export interface MartColumn {
  readonly name: string;
  /** Of the row at that place of the table of stores. */
  value(row: number): number | string | null;
}

export interface MartReport {
  readonly stores: number;
  readonly sales_rows: number;
  /** Of the quarter. */
  readonly used_rows: number;
  /** Of stores that the table of stores does not have: their rows in the quarter, and some of them. */
  readonly unknown_rows: number;
  readonly unknown_stores: readonly string[];
  readonly stores_without_sales: number;
  readonly stores_without_geo: number;
}

export interface Mart {
  readonly rows: number;
  readonly columns: readonly MartColumn[];
  readonly report: MartReport;
}

const MOST_TOLD = 5;

/** Sums of one quarter, by store. */
interface Sums {
  readonly days: Float64Array;
  readonly sums: readonly Float64Array[];
}

/**
 * Sales of the quarter by store: sum and mean of every measure, rows, growth of each sum against the quarter before and a year ago
 * (NaN where there was nothing), and the ticket where there are a column of revenue and one of clients; then the columns of the stores
 * and of the places.
 * @throws DomainError INVALID_INPUT for a store that a table has twice, or where no sale is of the quarter.
 */
export function martTable(
  tables: { readonly sales: TypedTable; readonly stores: TypedTable; readonly geo: TypedTable | undefined },
  { key, date, measures }: MartColumns,
  quarter: string,
): Mart {
  const { sales, stores, geo } = tables;
  const places = placesOf(stores, key, 'stores');
  const geoPlaces = geo && placesOf(geo, key, 'geo');
  const keys = keysOf(sales, key);
  const days = columnOf(sales, date).values;
  const values = measures.map((name) => columnOf(sales, name).values);
  const storeOf = Int32Array.from(days, (_, row) => places.get(keys(row)) ?? -1);
  const isOf = (name: string) => {
    const { from, to } = quarterBounds(name);
    return (row: number) => days[row] >= from && days[row] < to;
  };
  const used = Array.from(days.keys()).filter(isOf(quarter));
  if (used.length === 0) {
    throw new DomainError('INVALID_INPUT', `No sale is of ${quarter}`, { details: { field: 'quarter' } });
  }
  const unknown = used.filter((row) => storeOf[row] < 0);
  const sumsOf = (name: string): Sums => {
    const isWanted = isOf(name);
    const found = { days: new Float64Array(stores.rows), sums: values.map(() => new Float64Array(stores.rows)) };
    for (let row = 0; row < sales.rows; row++) {
      const store = storeOf[row];
      if (store < 0 || !isWanted(row)) continue;
      found.days[store]++;
      values.forEach((column, at) => {
        if (!Number.isNaN(column[row])) found.sums[at][store] += column[row];
      });
    }
    return found;
  };
  const now = sumsOf(quarter);
  const before = sumsOf(quarterAfter(quarter, -1));
  const lastYear = sumsOf(quarterAfter(quarter, -4));
  const growth = (at: number, then: Sums) => (row: number) =>
    then.sums[at][row] === 0 ? null : now.sums[at][row] / then.sums[at][row] - 1;
  const [revenue, clients] = ['commercial', 'client_kpi'].map((group) =>
    measures.findIndex((name) => suggestGroup(name) === group),
  );
  const ratio = (a: number, b: number) => (b === 0 ? null : a / b);
  const columns: MartColumn[] = [
    { name: 'days', value: (row) => now.days[row] },
    ...measures.flatMap((name, at) => [
      { name: `${name}_sum`, value: (row: number) => now.sums[at][row] },
      { name: `${name}_mean`, value: (row: number) => ratio(now.sums[at][row], now.days[row]) },
      { name: `${name}_growth`, value: growth(at, before) },
      { name: `${name}_growth_year`, value: growth(at, lastYear) },
    ]),
    ...(revenue >= 0 && clients >= 0
      ? [{ name: 'ticket_mean', value: (row: number) => ratio(now.sums[revenue][row], now.sums[clients][row]) }]
      : []),
  ];
  const names = new Set([key, ...columns.map(({ name }) => name)]);
  const add = (column: TypedColumn, at: (row: number) => number | undefined, suffix: string) => {
    const name = names.has(column.name) ? `${column.name}_${suffix}` : column.name;
    names.add(name);
    columns.push({
      name,
      value(row) {
        const place = at(row);
        return place === undefined ? null : cellValue(column, place);
      },
    });
  };
  for (const column of stores.columns) if (column.name !== key) add(column, (row) => row, 'store');
  const storeKeys = keysOf(stores, key);
  for (const column of geo?.columns ?? [])
    if (column.name !== key) add(column, (row) => geoPlaces?.get(storeKeys(row)), 'geo');
  const nameColumn = columnOf(stores, key);
  const whole = Array.from({ length: stores.rows }, (_, row) => row);
  return {
    rows: stores.rows,
    // A column without any value would be one of no type.
    columns: [
      { name: key, value: (row: number) => cellValue(nameColumn, row) },
      ...columns.filter(({ value }) => whole.some((row) => value(row) !== null)),
    ],
    report: {
      stores: stores.rows,
      sales_rows: sales.rows,
      used_rows: used.length,
      unknown_rows: unknown.length,
      unknown_stores: [...new Set(unknown.map(keys))].slice(0, MOST_TOLD),
      stores_without_sales: now.days.filter((count) => count === 0).length,
      stores_without_geo: geoPlaces ? whole.filter((row) => !geoPlaces.has(storeKeys(row))).length : 0,
    },
  };
}

function columnOf(table: TypedTable, name: string): TypedColumn {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  throw new DomainError('INVALID_INPUT', `No column ${name} has values`, { details: { column: name } });
}

/** The name of the store of each row; `12` and `12.0` are the same. */
function keysOf(table: TypedTable, key: string): (row: number) => string {
  const { categories, values } = columnOf(table, key);
  return categories ? (row) => (values[row] >= 0 ? categories[values[row]].trim() : '') : (row) => String(values[row]);
}

function placesOf(table: TypedTable, key: string, called: string): Map<string, number> {
  const nameAt = keysOf(table, key);
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (let row = 0; row < table.rows; row++) {
    const name = nameAt(row);
    if (places.has(name) && twice.size < MOST_TOLD) twice.add(name);
    places.set(name, row);
  }
  if (twice.size === 0) return places;
  throw new DomainError('INVALID_INPUT', `${called} has rows of the same store: ${[...twice].join(', ')}`, {
    details: { field: called, column: key },
  });
}
