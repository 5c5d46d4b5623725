import { expect, it } from 'vitest';
import { Random } from '../random.ts';
import { adjustedMutualInformation } from './agreement.ts';

/** Values of scikit-learn 1.x's adjusted_mutual_info_score. */
it('adjusted mutual information is as scikit-learn has it', () => {
  const a = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2];
  expect(adjustedMutualInformation(a, [0, 0, 1, 1, 1, 2, 2, 2, 2, -1])).toBeCloseTo(0.33570100265157915, 12);
  expect(adjustedMutualInformation([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
  expect(adjustedMutualInformation(a, [5, 5, 5, 0, 0, 0, 1, 1, 1, 1])).toBeCloseTo(1, 12);
  expect(adjustedMutualInformation([1, 1, 1], [2, 2, 2])).toBe(1);
});

it('adjusted mutual information of labels dealt at random is about 0 however many there are', () => {
  const random = new Random(1);
  const deal = (count: number) => Array.from({ length: 400 }, () => random.below(count));
  expect(Math.abs(adjustedMutualInformation(deal(60), deal(60)))).toBeLessThan(0.05);
});
