import { z } from 'zod';
import { defineExpectation } from '../expectation.ts';

const bound = z.int().min(0).nullable().default(null);

export const rowCount = defineExpectation({
  type: 'expect_table_row_count_to_be_between',
  kwargs: z.strictObject({ min_value: bound, max_value: bound }),
  judge: (_measured, { min_value, max_value }, { rows }) => ({
    success: (min_value === null || rows >= min_value) && (max_value === null || rows <= max_value),
    observed: rows,
  }),
  details: ({ observed }, { min_value, max_value }) =>
    `${Number(observed)} rows, between ${min_value ?? 0} and ${max_value ?? 'any number'} expected`,
});
