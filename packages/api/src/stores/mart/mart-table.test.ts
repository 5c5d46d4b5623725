import { expect, it } from 'vitest';
import type { TypedColumn, TypedTable } from '../../clustering/read-table.ts';
import { martColumns } from './mart-columns.ts';
import { martTable } from './mart-table.ts';
import { lastWholeQuarter, quarterAfter, quarterBounds } from './quarter.ts';

const numbers = (name: string, values: number[], type: TypedColumn['type'] = 'number'): TypedColumn => ({
  name,
  type,
  values: Float64Array.from(values),
});
const table = (...columns: TypedColumn[]): TypedTable => ({ rows: columns[0].values.length, columns, types: columns });

const days = [
  '2026-04-01',
  '2026-06-30',
  '2026-07-01',
  '2026-08-10',
  '2026-09-30',
  '2026-10-01',
  '2025-08-01',
  '2026-08-01',
];
const sales = table(
  numbers('Store', [1, 2, 1, 1, 2, 1, 1, 9]),
  numbers(
    'Date',
    days.map((day) => Date.parse(day)),
    'date',
  ),
  numbers('DayOfWeek', [1, 2, 3, 4, 5, 6, 7, 1]),
  numbers('Sales', [100, 50, 30, 50, Number.NaN, 1000, 20, 7]),
  numbers('Customers', [10, 5, 3, 5, 4, 100, 2, 1]),
);
const stores = table(numbers('Store', [2, 1, 3]), numbers('area', [200, 100, 300]));
const geo = table(numbers('Store', [1, 2]), numbers('lat', [55, 56]), numbers('area', [1, 2]));
const columns = martColumns(sales.columns, { stores: stores.columns, geo: geo.columns }, {});

it('sums up a quarter by store, compares it with earlier ones, and joins what is known of the stores', () => {
  expect(columns).toEqual({ key: 'Store', date: 'Date', measures: ['Sales', 'Customers'] });
  const mart = martTable({ sales, stores, geo }, columns, '2026-Q3');
  const rows = [0, 1, 2].map((row) => Object.fromEntries(mart.columns.map(({ name, value }) => [name, value(row)])));
  const [second, first, third] = rows;
  expect(first).toEqual({
    Store: 1,
    days: 2,
    Sales_sum: 80,
    Sales_mean: 40,
    Sales_growth: 80 / 100 - 1,
    Sales_growth_year: 3,
    Customers_sum: 8,
    Customers_mean: 4,
    Customers_growth: 8 / 10 - 1,
    Customers_growth_year: 3,
    ticket_mean: 10,
    area: 100,
    lat: 55,
    area_geo: 1,
  });
  expect(second).toMatchObject({ Store: 2, days: 1, Sales_sum: 0, Sales_growth: -1, Sales_growth_year: null, lat: 56 });
  expect(third).toMatchObject({ Store: 3, days: 0, Sales_sum: 0, Sales_mean: null, ticket_mean: null, lat: null });
  expect(mart.report).toEqual({
    stores: 3,
    sales_rows: 8,
    used_rows: 4,
    unknown_rows: 1,
    unknown_stores: ['9'],
    stores_without_sales: 1,
    stores_without_geo: 1,
  });
});

it('refuses a store that is there twice, a quarter without sales, and tables of which nothing can be told', () => {
  const twice = table(numbers('Store', [1, 1]), numbers('area', [1, 2]));
  expect(() => martTable({ sales, stores: twice, geo }, columns, '2026-Q3')).toThrow('rows of the same store: 1');
  expect(() => martTable({ sales, stores, geo }, columns, '2024-Q3')).toThrow('No sale is of 2024-Q3');
  const others = { stores: table(numbers('shop', [1])).columns };
  expect(() => martColumns(sales.columns, others, {})).toThrow('say which is by `key`');
  expect(() => martColumns(sales.columns, others, { key: 'Store' })).toThrow('stores has no column Store');
  expect(() => martColumns([sales.columns[0], sales.columns[3]], { stores: stores.columns }, {})).toThrow(
    'no column of dates',
  );
});

it('knows the quarters of the calendar', () => {
  expect(quarterBounds('2026-Q4')).toEqual({ from: Date.UTC(2026, 9), to: Date.UTC(2027, 0) });
  expect([quarterAfter('2026-Q1', -1), quarterAfter('2026-Q4', 1), quarterAfter('2026-Q2', -4)]).toEqual([
    '2025-Q4',
    '2027-Q1',
    '2025-Q2',
  ]);
  const last = (time: string, zone: string) => lastWholeQuarter(new Date(time), zone);
  expect(last('2026-01-01T00:00:00Z', 'UTC')).toBe('2025-Q4');
  expect(last('2026-12-31T23:00:00Z', 'UTC')).toBe('2026-Q3');
  // One in the morning of New Year's Day, while it is the old year in Greenwich; and the other way round.
  expect(last('2026-12-31T22:00:00Z', 'Europe/Moscow')).toBe('2026-Q4');
  expect(last('2026-04-01T03:00:00Z', 'America/New_York')).toBe('2025-Q4');
});
