import { expect, it } from 'vitest';
import { missingBatches } from './missing-batches.ts';

it('missing batches are those from 1 to the announced number that are not there; all are counted, the first are listed', () => {
  expect(missingBatches(new Set([1, 2, 3]), 3, 10)).toEqual({ ids: [], count: 0 });
  expect(missingBatches(new Set([2, 4]), 5, 10)).toEqual({ ids: [1, 3, 5], count: 3 });
  expect(missingBatches(new Set([1]), 2_000_000_000, 3)).toEqual({ ids: [2, 3, 4], count: 1_999_999_999 });
});
