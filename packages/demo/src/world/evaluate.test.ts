import { expect, it } from 'vitest';
import { SIZES } from './config.ts';
import { evaluate, summary } from './evaluate.ts';
import { averagePrecision, topOf } from './rankers.ts';
import { closedOffers } from './truth.ts';
import { createWorld } from './world.ts';

it('ranks oracle above informed above activity above chance', () => {
  const world = createWorld({ ...SIZES.tiny, seed: 3 });
  const maps = summary(evaluate(world, 0, closedOffers(world, 0)));
  expect(maps.oracle).toBeGreaterThan(maps.informed);
  expect(maps.informed).toBeGreaterThan(1.3 * maps.activity);
  expect(maps.activity).toBeGreaterThan(1.3 * maps.random);
  expect(maps.informed).toBeGreaterThan(0.75 * maps.oracle);
});

it('computes AP@k by hand', () => {
  // Hits at places 1 and 3 of three positives: (1/1 + 2/3) / 3.
  expect(averagePrecision([4, 9, 5], new Set([4, 5, 6]), 3)).toBeCloseTo((1 + 2 / 3) / 3, 12);
  expect(averagePrecision([4, 9, 5], new Set([4, 5, 6]), 1)).toBe(1);
  expect(averagePrecision([1], new Set())).toBe(0);
});

it('takes the best who are not excluded, ties by index', () => {
  expect(topOf([1, 3, 3, 2, Number.NEGATIVE_INFINITY], new Set([1]), 3)).toEqual([2, 3, 0]);
});
