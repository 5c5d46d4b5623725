import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, judgeValues, percent } from '../expectation.ts';

/** Above this many rows only a share of the keys is looked at, chosen by their hash, so that equal keys stay together. */
const EXACT_UP_TO = 2_000_000;

const sampledParts = (rows: number) => Math.ceil(rows / EXACT_UP_TO);
const keys = (columns: readonly string[]) => columns.map(identifier).join(', ');
const anyValue = (columns: readonly string[]) =>
  `(${columns.map((column) => `${identifier(column)} IS NOT NULL`).join(' OR ')})`;

/**
 * Rows whose columns, taken together, occur more than once are unexpected, all of them; missing values equal each other, and
 * rows in which all are missing do not count. On large tables the counts are those of a sample of keys, which the result says.
 */
export const compoundUnique = defineExpectation({
  type: 'expect_compound_columns_to_be_unique',
  kwargs: z.object({
    column_list: z.array(z.string()).min(1),
    ignore_row_if: z.literal('all_values_are_missing').default('all_values_are_missing'),
    mostly: z.number().min(0).max(1).default(1),
  }),
  query({ column_list }, table, rows) {
    const list = keys(column_list);
    const parts = sampledParts(rows);
    const sample = parts > 1 ? ` WHERE hash(${list}) % ${parts} = 0` : '';
    return `SELECT sum(n) AS elements, coalesce(sum(n) FILTER (judged), 0) AS judged, coalesce(sum(n) FILTER (judged AND n > 1), 0) AS unexpected
      FROM (SELECT count(*) AS n, ${anyValue(column_list)} AS judged FROM ${table}${sample} GROUP BY ${list})`;
  },
  judge(measured, { mostly }, { rows }) {
    const elements = count(measured.elements);
    const outcome = judgeValues(elements, elements - count(measured.judged), count(measured.unexpected), mostly);
    const parts = sampledParts(rows);
    return parts > 1 ? { ...outcome, extra: { details: { sampled_share: 1 / parts } } } : outcome;
  },
  examples({ column_list }, table) {
    const shown = column_list.slice(0, 4);
    return `SELECT concat_ws(' / ', ${keys(shown)}) || ' (' || n || ' times)' AS v, n FROM (
      SELECT ${keys(shown)}, count(*) AS n FROM ${table} WHERE ${anyValue(column_list)} GROUP BY ${keys(column_list)} HAVING count(*) > 1
      ORDER BY n DESC, ${keys(shown)} LIMIT 20)`;
  },
  details({ elementCount = 0, missingCount = 0, unexpectedCount = 0 }, { column_list, mostly }) {
    const judged = elementCount - missingCount;
    const what = column_list.length > 1 ? 'rows are repeated' : `rows share their ${column_list[0]} with another`;
    return `${unexpectedCount} of ${judged} ${what} (${percent(unexpectedCount / judged)}, at most ${percent(1 - mostly)} tolerated)`;
  },
});
