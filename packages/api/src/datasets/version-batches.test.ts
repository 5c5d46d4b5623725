import { expect, it } from 'vitest';
import { missingBatches } from './version-batches.ts';

it('missing batches are those from 1 to the announced number that are not there, a hundred at the most', () => {
  expect(missingBatches(new Set([1, 2, 3]), 3)).toEqual([]);
  expect(missingBatches(new Set([2, 4, 9]), 5)).toEqual([1, 3, 5]);
  expect(missingBatches(new Set(), 1_000_000)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
});
