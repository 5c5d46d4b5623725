import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, percent } from '../expectation.ts';

/** One row: how many different values, how many rows the most common one has, and the first of those; shared by the expectations below. */
const valueCounts = (column: string, table: string) =>
  `WITH counted AS MATERIALIZED (SELECT ${identifier(column)} AS v, count(*) AS n FROM ${table} WHERE ${identifier(column)} IS NOT NULL GROUP BY 1)
    SELECT count(*) AS distinct_values, sum(n) AS present, max(n) AS most, (min(v) FILTER (n = (SELECT max(n) FROM counted)))::VARCHAR AS common
    FROM counted`;

export const uniqueValueCount = defineExpectation({
  type: 'expect_column_unique_value_count_to_be_between',
  kwargs: z.strictObject({ column: z.string(), min_value: z.int().min(0) }),
  query: ({ column }, table) => valueCounts(column, table),
  judge(measured, { min_value }) {
    const observed = count(measured.distinct_values);
    return { success: observed >= min_value, observed };
  },
  details: ({ observed }, { column, min_value }) =>
    `${column} has ${Number(observed)} different value${observed === 1 ? '' : 's'}, at least ${min_value} expected`,
});

/** The most common value has at most `max_value` of the rows that have a value. */
export const mostCommonShare = defineExpectation({
  type: 'expect_column_most_common_value_share_to_be_at_most',
  kwargs: z.strictObject({ column: z.string(), max_value: z.number().min(0).max(1) }),
  query: ({ column }, table) => valueCounts(column, table),
  judge(measured, { max_value }) {
    const present = count(measured.present);
    const share = present === 0 ? 0 : count(measured.most) / present;
    return {
      success: share <= max_value,
      observed: { value: measured.common === null ? null : String(measured.common), share },
    };
  },
  details({ observed }, { column, max_value }) {
    const { value, share } = observed as { value: string | null; share: number };
    return `the value ${value} of ${column} has ${percent(share)} of the rows, at most ${percent(max_value)} expected`;
  },
});
