import { z } from 'zod';
import { identifier, quote } from '../../tables/sql-literal.ts';
import { dayOf, defineExpectation, MIDNIGHT, percent } from '../expectation.ts';
import { exampleQuery, judgeColumn, valueAggregates } from './column-map.ts';

/** A number, or a moment: Great Expectations would take a plain day for what it cannot compare with pandas' moments. */
const bound = z
  .union([z.number(), z.iso.datetime({ local: true, precision: 0 })])
  .nullable()
  .default(null);
const strict = z.boolean().default(false);
const kwargs = z
  .strictObject({
    column: z.string(),
    min_value: bound,
    max_value: bound,
    strict_min: strict,
    strict_max: strict,
    mostly: z.number().min(0).max(1).default(1),
  })
  .refine(({ min_value, max_value }) => min_value !== null || max_value !== null, 'no bound is given');
type Kwargs = z.infer<typeof kwargs>;

/** Whole numbers compare exactly, with integers of any size; only those with a fraction need to be floating. */
function literal(value: number | string): string {
  if (typeof value === 'string')
    return value.endsWith(MIDNIGHT) ? `DATE ${quote(dayOf(value))}` : `TIMESTAMP ${quote(value)}`;
  return Number.isSafeInteger(value) ? String(value) : `${value}::DOUBLE`;
}

const shown = (value: number | string | null) => (typeof value === 'string' ? dayOf(value) : value);

function unexpected({ column, min_value, max_value, strict_min, strict_max }: Kwargs): string {
  const name = identifier(column);
  const below = min_value === null ? [] : [`${name} ${strict_min ? '<=' : '<'} ${literal(min_value)}`];
  const above = max_value === null ? [] : [`${name} ${strict_max ? '>=' : '>'} ${literal(max_value)}`];
  return `(${[...below, ...above].join(' OR ')})`;
}

export const between = defineExpectation({
  type: 'expect_column_values_to_be_between',
  kwargs,
  aggregates: (given) => valueAggregates(given.column, unexpected(given)),
  judge: (measured, { mostly }) => judgeColumn(measured, mostly),
  examples: (given, table) => exampleQuery(given.column, table, unexpected(given)),
  details({ elementCount = 0, unexpectedCount = 0 }, { column, min_value, max_value }) {
    return `${unexpectedCount} of ${elementCount} values (${percent(unexpectedCount / elementCount)}) of ${column} are outside ${shown(min_value) ?? '-∞'} to ${shown(max_value) ?? '∞'}`;
  },
});
