import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, judgeValues, type Measured, type Outcome, percent } from '../expectation.ts';

/** Above this many rows only a share of the keys is looked at, chosen by their hash, so that equal keys stay together. */
const EXACT_UP_TO = 2_000_000;

const sampledParts = (rows: number) => Math.ceil(rows / EXACT_UP_TO);
const keys = (columns: readonly string[]) => columns.map(identifier).join(', ');
const anyValue = (columns: readonly string[]) =>
  `(${columns.map((column) => `${identifier(column)} IS NOT NULL`).join(' OR ')})`;

/**
 * All rows whose key occurs more than once are unexpected; missing values equal each other, and rows in which all are missing
 * do not count. On large tables the counts are those of a sample of keys, which the result says.
 */
function repeatedKeys(columns: readonly string[], table: string, rows: number): string {
  const list = keys(columns);
  const parts = sampledParts(rows);
  const sample = parts > 1 ? ` WHERE hash(${list}) % ${parts} = 0` : '';
  return `SELECT sum(n) AS elements, coalesce(sum(n) FILTER (judged), 0) AS judged, coalesce(sum(n) FILTER (judged AND n > 1), 0) AS unexpected
    FROM (SELECT count(*) AS n, ${anyValue(columns)} AS judged FROM ${table}${sample} GROUP BY ${list})`;
}

function judgeKeys(measured: Measured, mostly: number, rows: number): Outcome {
  const elements = count(measured.elements);
  const outcome = judgeValues(elements, elements - count(measured.judged), count(measured.unexpected), mostly);
  const parts = sampledParts(rows);
  return parts > 1 ? { ...outcome, extra: { details: { sampled_share: 1 / parts } } } : outcome;
}

function repetitions(
  { elementCount = 0, missingCount = 0, unexpectedCount = 0 }: Outcome,
  what: string,
  mostly: number,
) {
  const judged = elementCount - missingCount;
  return `${unexpectedCount} of ${judged} ${what} (${percent(unexpectedCount / judged)}, at most ${percent(1 - mostly)} tolerated)`;
}

const mostly = z.number().min(0).max(1).default(1);

export const unique = defineExpectation({
  type: 'expect_column_values_to_be_unique',
  kwargs: z.strictObject({ column: z.string(), mostly }),
  query: ({ column }, table, rows) => repeatedKeys([column], table, rows),
  judge: (measured, given, { rows }) => judgeKeys(measured, given.mostly, rows),
  examples({ column }, table) {
    const name = identifier(column);
    return `SELECT ${name}::VARCHAR AS v, count(*) AS n FROM ${table} WHERE ${name} IS NOT NULL GROUP BY ${name} HAVING n > 1 ORDER BY n DESC, v LIMIT 20`;
  },
  details: (outcome, given) => repetitions(outcome, `rows share their ${given.column} with another`, given.mostly),
});

export const compoundUnique = defineExpectation({
  type: 'expect_compound_columns_to_be_unique',
  kwargs: z.strictObject({
    column_list: z.array(z.string()).min(2),
    ignore_row_if: z.literal('all_values_are_missing').default('all_values_are_missing'),
    mostly,
  }),
  query: ({ column_list }, table, rows) => repeatedKeys(column_list, table, rows),
  judge: (measured, given, { rows }) => judgeKeys(measured, given.mostly, rows),
  examples({ column_list }, table) {
    const shown = keys(column_list.slice(0, 4));
    return `SELECT concat_ws(' / ', ${shown}) AS v, n FROM (
      SELECT ${shown}, count(*) AS n FROM ${table} WHERE ${anyValue(column_list)} GROUP BY ${keys(column_list)} HAVING n > 1
      ORDER BY n DESC, ${shown} LIMIT 20)`;
  },
  details: (outcome, given) => repetitions(outcome, 'rows are repeated', given.mostly),
});
