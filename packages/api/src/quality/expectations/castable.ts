import { z } from 'zod';
import { defineExpectation, judgeRows, percent } from '../expectation.ts';

/** Values that were sent could be read as the column's type. Counted by ingest, which alone saw what was sent. */
export const castable = defineExpectation({
  type: 'expect_column_values_to_be_castable',
  kwargs: z.strictObject({ column: z.string(), type_: z.string(), mostly: z.number().min(0).max(1).default(1) }),
  judge(_measured, { column, mostly }, facts) {
    return judgeRows(facts.rows, facts.uncastable[column]?.count ?? 0, mostly);
  },
  knownExamples: ({ column }, facts) => facts.uncastable[column]?.examples ?? [],
  details({ elementCount = 0, unexpectedCount = 0 }, { column, type_ }) {
    return `${unexpectedCount} of ${elementCount} values (${percent(unexpectedCount / elementCount)}) of ${column} cannot be read as ${type_}`;
  },
});
