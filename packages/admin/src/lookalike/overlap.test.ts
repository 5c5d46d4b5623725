import { expect, it } from 'vitest';
import { overlapOf, reasonPairs } from './overlap.ts';

const scored = (...ids: number[]) => ids.map((userId, at) => ({ userId, score: 1 / (at + 1) }));

it('counts who is in both, in one alone, and of all the share in both', () => {
  const { common, ...counts } = overlapOf(scored(1, 2, 3, 4), scored(5, 3, 1));
  expect(counts).toEqual({ onlyFirst: 2, onlySecond: 1, share: 0.4 });
  expect(common).toEqual([
    { userId: 1, ranks: [1, 3], scores: [1, 1 / 3] },
    { userId: 3, ranks: [3, 2], scores: [1 / 3, 1 / 2] },
  ]);
});

it('has nothing in common where one audience is empty, and no share of nobody', () => {
  expect(overlapOf(scored(1, 2), [])).toEqual({ common: [], onlyFirst: 2, onlySecond: 0, share: 0 });
  expect(overlapOf([], []).share).toBe(0);
});

it('puts reasons first that are furthest apart, whoever lists them', () => {
  const first = [
    { feature: 'taste', impact: 1 },
    { feature: 'age', impact: 0.2 },
  ];
  const second = [
    { feature: 'taste', impact: 0.9 },
    { feature: 'region', impact: -0.5 },
  ];
  expect(reasonPairs(first, second)).toEqual([
    { feature: 'region', first: 0, second: -0.5 },
    { feature: 'age', first: 0.2, second: 0 },
    { feature: 'taste', first: 1, second: 0.9 },
  ]);
});
