import { z } from 'zod';
import { defineExpectation } from '../expectation.ts';

/** At least one batch of the table arrived, possibly an empty one. */
export const present = defineExpectation({
  type: 'expect_table_to_be_present',
  kwargs: z.strictObject({}),
  judge: (_measured, _kwargs, facts) => ({ success: facts.present, observed: facts.present }),
  details: () => 'no batch of the table was received',
});
