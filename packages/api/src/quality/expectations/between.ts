import { z } from 'zod';
import { identifier, quote } from '../../tables/sql-literal.ts';
import { defineExpectation, percent } from '../expectation.ts';
import { exampleQuery, judgeColumn, valueAggregates } from './column-map.ts';

/** A number, or a day as `YYYY-MM-DD`. */
const bound = z.union([z.number(), z.iso.date()]).nullable().default(null);
const strict = z.boolean().default(false);
const kwargs = z
  .object({
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
  if (typeof value === 'string') return `DATE ${quote(value)}`;
  return Number.isSafeInteger(value) ? String(value) : `${value}::DOUBLE`;
}

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
    return `${unexpectedCount} of ${elementCount} values (${percent(unexpectedCount / elementCount)}) of ${column} are outside ${min_value ?? '-∞'} to ${max_value ?? '∞'}`;
  },
});
