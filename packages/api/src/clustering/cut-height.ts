import type { MergeTree } from '@kindred/ml/clustering/merge-tree.ts';

/** Between which heights a cut leaves so many clusters: above the merge that makes them, up to the next one. */
export function heightsOf({ heights }: MergeTree, clusters: number): readonly [from: number, to: number] {
  const merges = heights.length + 1 - clusters;
  const below = merges > 0 ? heights[merges - 1] : 0;
  return [below, merges < heights.length ? heights[merges] : 1.02 * (heights.at(-1) ?? 1)];
}

/** Half way between. */
export function cutHeight(tree: MergeTree, clusters: number): number {
  const [from, to] = heightsOf(tree, clusters);
  return (from + to) / 2;
}
