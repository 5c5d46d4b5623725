import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { defineExpectation } from '../expectation.ts';

/** The median day lies between two days. */
export const medianDay = defineExpectation({
  type: 'expect_column_median_to_be_between',
  kwargs: z.object({
    column: z.string(),
    min_value: z.iso.date().nullable().default(null),
    max_value: z.iso.date().nullable().default(null),
  }),
  aggregates: ({ column }) => ({ median: `quantile_disc(${identifier(column)}, 0.5)::VARCHAR` }),
  judge(measured, { min_value, max_value }) {
    const median = measured.median === null ? null : String(measured.median);
    // Days in ISO form compare as text.
    const success =
      median === null || ((min_value === null || median >= min_value) && (max_value === null || median <= max_value));
    return { success, observed: median };
  },
  details: ({ observed }, { column, min_value, max_value }) =>
    `the median of ${column} is ${String(observed)}, between ${min_value ?? 'any day'} and ${max_value ?? 'any day'} expected`,
});
