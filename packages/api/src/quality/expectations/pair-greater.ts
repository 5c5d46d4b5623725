import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, judgeValues, percent } from '../expectation.ts';

const kwargs = z.strictObject({
  column_A: z.string(),
  column_B: z.string(),
  or_equal: z.boolean().nullable().default(false),
  ignore_row_if: z
    .enum(['both_values_are_missing', 'either_value_is_missing', 'neither'])
    .default('both_values_are_missing'),
  mostly: z.number().min(0).max(1).default(1),
});
type Kwargs = z.infer<typeof kwargs>;

/** Conditions of the rows that count, and of those that count and are unexpected: a missing value is greater than nothing. */
function conditions({ column_A, column_B, or_equal, ignore_row_if }: Kwargs) {
  const a = identifier(column_A);
  const b = identifier(column_B);
  const judged = {
    both_values_are_missing: `(${a} IS NOT NULL OR ${b} IS NOT NULL)`,
    either_value_is_missing: `(${a} IS NOT NULL AND ${b} IS NOT NULL)`,
    neither: 'true',
  }[ignore_row_if];
  return { a, b, judged, unexpected: `(${judged} AND NOT coalesce(${a} ${or_equal ? '>=' : '>'} ${b}, false))` };
}

export const pairGreater = defineExpectation({
  type: 'expect_column_pair_values_a_to_be_greater_than_b',
  kwargs,
  aggregates(given) {
    const { judged, unexpected } = conditions(given);
    return { elements: 'count(*)', judged: `count_if(${judged})`, unexpected: `count_if(${unexpected})` };
  },
  judge(measured, { mostly }) {
    const elements = count(measured.elements);
    return judgeValues(elements, elements - count(measured.judged), count(measured.unexpected), mostly);
  },
  examples(given, table) {
    const { a, b, unexpected } = conditions(given);
    return `SELECT coalesce(${a}::VARCHAR, 'nothing') || ' < ' || coalesce(${b}::VARCHAR, 'nothing') AS v, count(*) AS n FROM ${table}
      WHERE ${unexpected} GROUP BY 1 ORDER BY n DESC, v LIMIT 20`;
  },
  details({ elementCount = 0, missingCount = 0, unexpectedCount = 0 }, { column_A, column_B }) {
    const judged = elementCount - missingCount;
    return `${unexpectedCount} of ${judged} rows (${percent(unexpectedCount / judged)}) have ${column_A} before ${column_B}`;
  },
});
