import { z } from 'zod';
import { identifier, quote } from '../../tables/sql-literal.ts';
import { defineExpectation, percent } from '../expectation.ts';
import { exampleQuery, judgeColumn, valueAggregates } from './column-map.ts';

/** A number, or a day as `YYYY-MM-DD`. */
const bound = z.union([z.number(), z.iso.date()]).nullable().default(null);
type Bound = number | string | null;

const literal = (value: number | string) => (typeof value === 'number' ? `${value}::DOUBLE` : `DATE ${quote(value)}`);

function unexpected(column: string, min: Bound, max: Bound): string {
  const name = identifier(column);
  const below = min === null ? [] : [`${name} < ${literal(min)}`];
  const above = max === null ? [] : [`${name} > ${literal(max)}`];
  return `(${[...below, ...above].join(' OR ') || 'false'})`;
}

export const between = defineExpectation({
  type: 'expect_column_values_to_be_between',
  kwargs: z.object({
    column: z.string(),
    min_value: bound,
    max_value: bound,
    mostly: z.number().min(0).max(1).default(1),
  }),
  aggregates: ({ column, min_value, max_value }) => valueAggregates(column, unexpected(column, min_value, max_value)),
  judge: (measured, { mostly }) => judgeColumn(measured, mostly),
  examples: ({ column, min_value, max_value }, table) =>
    exampleQuery(column, table, unexpected(column, min_value, max_value)),
  details({ elementCount = 0, unexpectedCount = 0 }, { column, min_value, max_value }) {
    return `${unexpectedCount} of ${elementCount} values (${percent(unexpectedCount / elementCount)}) of ${column} are outside ${min_value ?? '-∞'} to ${max_value ?? '∞'}`;
  },
});
