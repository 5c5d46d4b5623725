import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, judgeValues, percent } from '../expectation.ts';

const pair = (a: string, b: string) => ({ a: identifier(a), b: identifier(b) });

/** A is at least B in rows where both have a value (Great Expectations' `or_equal` with `ignore_row_if: either_value_is_missing`). */
export const pairGreater = defineExpectation({
  type: 'expect_column_pair_values_a_to_be_greater_than_b',
  kwargs: z.object({
    column_A: z.string(),
    column_B: z.string(),
    or_equal: z.literal(true).default(true),
    ignore_row_if: z.literal('either_value_is_missing').default('either_value_is_missing'),
    mostly: z.number().min(0).max(1).default(1),
  }),
  aggregates({ column_A, column_B }) {
    const { a, b } = pair(column_A, column_B);
    return { elements: `count(*) FILTER (${a} IS NOT NULL AND ${b} IS NOT NULL)`, unexpected: `count_if(${a} < ${b})` };
  },
  judge: (measured, { mostly }) => judgeValues(count(measured.elements), 0, count(measured.unexpected), mostly),
  examples({ column_A, column_B }, table) {
    const { a, b } = pair(column_A, column_B);
    return `SELECT DISTINCT ${a}::VARCHAR || ' < ' || ${b}::VARCHAR AS v FROM ${table} WHERE ${a} < ${b} ORDER BY v LIMIT 20`;
  },
  details({ elementCount = 0, unexpectedCount = 0 }, { column_A, column_B }) {
    return `${unexpectedCount} of ${elementCount} rows (${percent(unexpectedCount / elementCount)}) have ${column_A} before ${column_B}`;
  },
});
