import { z } from 'zod';
import { identifier } from '../../tables/sql-literal.ts';
import { dayOf, defineExpectation } from '../expectation.ts';

const moment = z.iso.datetime({ local: true, precision: 0 });

/** The median of days lies between two days; between two middle days it is the moment between them. No days, no success. */
export const medianDay = defineExpectation({
  type: 'expect_column_median_to_be_between',
  kwargs: z.strictObject({
    column: z.string(),
    min_value: moment.nullable().default(null),
    max_value: moment.nullable().default(null),
  }),
  aggregates: ({ column }) => ({
    median: `strftime(quantile_cont(${identifier(column)}, 0.5)::TIMESTAMP, '%Y-%m-%dT%H:%M:%S')`,
  }),
  judge(measured, { min_value, max_value }) {
    const median = typeof measured.median === 'string' ? measured.median : null;
    // Moments in ISO form compare as text.
    const success =
      median !== null && (min_value === null || median >= min_value) && (max_value === null || median <= max_value);
    return { success, observed: median };
  },
  details: ({ observed }, { column, min_value, max_value }) =>
    `the median of ${column} is ${observed === null ? 'unknown' : dayOf(String(observed))}, between ${min_value ? dayOf(min_value) : 'any day'} and ${max_value ? dayOf(max_value) : 'any day'} expected`,
});
