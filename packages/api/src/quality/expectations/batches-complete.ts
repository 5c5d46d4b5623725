import { z } from 'zod';
import { defineExpectation } from '../expectation.ts';

/** Every batch that was announced arrived, and all batches announced the same total. */
export const batchesComplete = defineExpectation({
  type: 'expect_table_batches_to_be_complete',
  kwargs: z.strictObject({}),
  judge: (_measured, _kwargs, facts) => ({
    success: facts.receivedBatches >= facts.expectedBatches && facts.conflictingTotals.length === 0,
    elementCount: facts.expectedBatches,
    unexpectedCount: Math.max(0, facts.expectedBatches - facts.receivedBatches),
    observed: { received: facts.receivedBatches, conflicting_totals: [...facts.conflictingTotals] },
  }),
  knownExamples: (_kwargs, facts) => facts.missingBatches.slice(0, 20).map((batchId) => `batch ${batchId}`),
  details({ elementCount = 0, unexpectedCount = 0, observed }) {
    const totals = (observed as { conflicting_totals: number[] }).conflicting_totals;
    const conflict = totals.length > 0 ? `; batches announced different totals: ${totals.join(', ')}` : '';
    return `${unexpectedCount} of ${elementCount} batches missing${conflict}`;
  },
});
