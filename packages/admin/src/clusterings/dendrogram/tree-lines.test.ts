import { expect, it } from 'vitest';
import { treeLines } from './tree-lines.ts';

/** 0 and 2 merge first, then 1 and 3, then both. */
const TREE = { counts: [5, 1, 2, 4], children: [0, 2, 1, 3, 4, 5], heights: [1, 2, 5] };

it('puts branches beside each other such that no lines cross', () => {
  const { brackets, order } = treeLines(TREE, [0, 1, 0, 1], 3);
  expect(order).toEqual([0, 2, 1, 3]);
  expect(brackets.map(({ left, right }) => [left, right])).toEqual([
    [0, 1],
    [2, 3],
    [0.5, 2.5],
  ]);
  expect(brackets[2]).toMatchObject({ leftFrom: 1, rightFrom: 2, height: 5 });
});

it('knows of each merge below the cut which cluster it is in', () => {
  expect(treeLines(TREE, [0, 1, 0, 1], 3).brackets.map(({ label }) => label)).toEqual([0, 1, null]);
  expect(treeLines(TREE, [0, 1, 0, 2], 1.5).brackets.map(({ label }) => label)).toEqual([0, null, null]);
});
