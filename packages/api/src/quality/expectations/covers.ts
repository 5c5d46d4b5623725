import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, percent } from '../expectation.ts';

/** At least `min_value` of the other table's keys have a row here: a table cut off in the middle does not. */
export const covers = defineExpectation({
  type: 'expect_column_to_cover_share_of_other_table',
  kwargs: z.strictObject({
    column: z.string(),
    other_table: z.string(),
    other_column: z.string(),
    min_value: z.number().min(0).max(1),
  }),
  query({ column, other_table, other_column }, table) {
    return `SELECT count(*) AS keys, count_if(k IN (SELECT DISTINCT ${identifier(column)} FROM ${table} WHERE ${identifier(column)} IS NOT NULL)) AS covered
      FROM (SELECT DISTINCT ${identifier(other_column)} AS k FROM ${identifier(other_table)} WHERE ${identifier(other_column)} IS NOT NULL)`;
  },
  judge(measured, { min_value }) {
    const keys = count(measured.keys);
    const share = keys === 0 ? 1 : count(measured.covered) / keys;
    return { success: share >= min_value, observed: share };
  },
  details({ observed }, { column, other_table, other_column, min_value }) {
    return `only ${percent(Number(observed))} of ${other_table}.${other_column} occur as ${column}, at least ${percent(min_value)} expected`;
  },
});
