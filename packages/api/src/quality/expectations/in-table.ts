import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, judgeValues, percent } from '../expectation.ts';

/**
 * Values occur in a column of another table. Great Expectations has no core expectation for it; the name follows its
 * style. Values are counted per distinct value first, because references repeat far more often than they differ.
 */
export const inTable = defineExpectation({
  type: 'expect_column_values_to_be_in_other_table',
  kwargs: z.strictObject({
    column: z.string(),
    other_table: z.string(),
    other_column: z.string(),
    mostly: z.number().min(0).max(1).default(1),
  }),
  query({ column, other_table, other_column }, table) {
    const name = identifier(column);
    return `SELECT sum(n) AS elements, coalesce(sum(n) FILTER (v IS NOT NULL AND NOT known), 0) AS unexpected, coalesce(sum(n) FILTER (v IS NULL), 0) AS missing
      FROM (SELECT v, n, v IN (SELECT ${identifier(other_column)} FROM ${identifier(other_table)} WHERE ${identifier(other_column)} IS NOT NULL) AS known
        FROM (SELECT ${name} AS v, count(*) AS n FROM ${table} GROUP BY 1))`;
  },
  judge: (measured, { mostly }) =>
    judgeValues(count(measured.elements), count(measured.missing), count(measured.unexpected), mostly),
  examples({ column, other_table, other_column }, table) {
    const name = identifier(column);
    return `SELECT v::VARCHAR AS v, n FROM (SELECT ${name} AS v, count(*) AS n FROM ${table} WHERE ${name} IS NOT NULL AND ${name} NOT IN
      (SELECT ${identifier(other_column)} FROM ${identifier(other_table)} WHERE ${identifier(other_column)} IS NOT NULL) GROUP BY 1 ORDER BY n DESC, v LIMIT 20)`;
  },
  details({ elementCount = 0, unexpectedCount = 0 }, { column, other_table, other_column, mostly }) {
    return `${unexpectedCount} of ${elementCount} values (${percent(unexpectedCount / elementCount)}) of ${column} do not occur in ${other_table}.${other_column}, at most ${percent(1 - mostly)} tolerated`;
  },
});
