import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, judgeValues, percent } from '../expectation.ts';

/** Above this many rows only a share of the keys is looked at, chosen by their hash, so that equal keys stay together. */
const EXACT_UP_TO = 2_000_000;

const keys = (columns: readonly string[]) => columns.map(identifier).join(', ');

/**
 * Rows whose columns, taken together, occur more than once are unexpected, all of them, as in Great Expectations. Rows
 * with a null in the first column do not count. On large tables the counts are those of a sample of keys.
 */
export const compoundUnique = defineExpectation({
  type: 'expect_compound_columns_to_be_unique',
  kwargs: z.object({ column_list: z.array(z.string()).min(1), mostly: z.number().min(0).max(1).default(1) }),
  query({ column_list }, table, rows) {
    const list = keys(column_list);
    const parts = Math.ceil(rows / EXACT_UP_TO);
    const sample = parts > 1 ? ` AND hash(${list}) % ${parts} = 0` : '';
    return `SELECT sum(n) AS elements, coalesce(sum(n) FILTER (n > 1), 0) AS unexpected
      FROM (SELECT count(*) AS n FROM ${table} WHERE ${identifier(column_list[0])} IS NOT NULL${sample} GROUP BY ${list})`;
  },
  judge: (measured, { mostly }) => judgeValues(count(measured.elements), 0, count(measured.unexpected), mostly),
  examples({ column_list }, table) {
    const shown = column_list.slice(0, 4);
    return `SELECT concat_ws(' / ', ${keys(shown)}) || ' (' || n || ' times)' AS v FROM (
      SELECT ${keys(shown)}, count(*) AS n FROM ${table} WHERE ${identifier(column_list[0])} IS NOT NULL GROUP BY ${keys(column_list)} HAVING count(*) > 1
      ORDER BY n DESC, ${keys(shown)} LIMIT 20)`;
  },
  details({ elementCount = 0, unexpectedCount = 0 }, { column_list, mostly }) {
    const what = column_list.length > 1 ? 'rows are repeated' : `rows share their ${column_list[0]} with another`;
    return `${unexpectedCount} of ${elementCount} ${what} (${percent(unexpectedCount / elementCount)}, at most ${percent(1 - mostly)} tolerated)`;
  },
});
