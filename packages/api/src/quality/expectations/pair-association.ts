import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation } from '../expectation.ts';

/** Above this many rows a share of the groups is looked at, chosen by hash. */
const EXACT_UP_TO = 1_000_000;

/**
 * How much more often two rows with the same A share their B than any two rows do; 1 is what a shuffled
 * column shows. Observed as the ratio of the two collision probabilities, without replacement.
 */
export const pairAssociation = defineExpectation({
  type: 'expect_column_pair_association_to_be_at_least',
  kwargs: z.strictObject({ column_A: z.string(), column_B: z.string(), min_value: z.number() }),
  query({ column_A, column_B }, table, rows) {
    const group = identifier(column_A);
    const value = identifier(column_B);
    const parts = Math.ceil(rows / EXACT_UP_TO);
    const sample = parts > 1 ? ` AND hash(${group}) % ${parts} = 0` : '';
    return `WITH pairs AS (SELECT ${group} AS g, ${value} AS v, count(*)::DOUBLE AS n FROM ${table} WHERE ${group} IS NOT NULL AND ${value} IS NOT NULL${sample} GROUP BY 1, 2),
      groups AS (SELECT sum(n) AS n, sum(n * (n - 1)) AS same FROM pairs GROUP BY g),
      vals AS (SELECT sum(n) AS n FROM pairs GROUP BY v)
      SELECT (SELECT sum(same) FROM groups) AS same, (SELECT sum(n * (n - 1)) FROM groups) AS within,
        (SELECT sum(n * (n - 1)) FROM vals) AS collisions, (SELECT sum(n) FROM vals) AS total`;
  },
  judge(measured, { min_value }) {
    const total = count(measured.total);
    const within = count(measured.same) / Math.max(1, count(measured.within));
    const anywhere = count(measured.collisions) / Math.max(1, total * (total - 1));
    const observed = anywhere > 0 ? within / anywhere : 1;
    return { success: observed >= min_value, observed };
  },
  details: ({ observed }, { column_A, column_B, min_value }) =>
    `rows of one ${column_A} share their ${column_B} only ${Number(observed).toFixed(2)} times as often as any rows do, at least ${min_value.toFixed(2)} times expected: the column looks shuffled`,
});
