import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { count, defineExpectation, judgeRows, percent } from '../expectation.ts';

/** At most `1 - mostly` of the rows have no value. Unlike in the other expectations over values, all rows count. */
export const notNull = defineExpectation({
  type: 'expect_column_values_to_not_be_null',
  kwargs: z.strictObject({ column: z.string(), mostly: z.number().min(0).max(1).default(1) }),
  aggregates: ({ column }) => ({ elements: 'count(*)', present: `count(${identifier(column)})` }),
  judge(measured, { mostly }) {
    const elements = count(measured.elements);
    return judgeRows(elements, elements - count(measured.present), mostly);
  },
  details({ elementCount = 0, unexpectedCount = 0 }, { column, mostly }) {
    return `${unexpectedCount} of ${elementCount} rows (${percent(unexpectedCount / elementCount)}) with null ${column}, at most ${percent(1 - mostly)} tolerated`;
  },
});
