import { describe, expect, it } from 'vitest';
import { sampleBlobs } from '../../test/sample-blobs.ts';
import { agglomerative } from './agglomerative.ts';
import { cutByCount, cutByHeight, nodeSizes, treeOfPairs, truncateTree } from './merge-tree.ts';
import { microClusterError, microClusterTree } from './micro-clusters.ts';

describe('a tree of merges', () => {
  /** 0 and 1 at 1, 3 and 4 at 2, 2 with the first at 3, both at 4; told in another order. */
  const tree = treeOfPairs([2, 4, 0, 1], [4, 3, 1, 2], [4, 2, 1, 3]);

  it('is in the order of heights, nodes numbered as they are made', () => {
    expect(tree).toEqual({ children: Int32Array.of(0, 1, 3, 4, 2, 5, 6, 7), heights: Float64Array.of(1, 2, 3, 4) });
    expect(nodeSizes(tree)).toEqual(Int32Array.of(1, 1, 1, 1, 1, 2, 2, 3, 5));
  });

  it('is cut by a count and by a height', () => {
    expect(cutByCount(tree, 2)).toEqual(Int32Array.of(0, 0, 0, 1, 1));
    expect(cutByCount(tree, 3)).toEqual(Int32Array.of(0, 0, 1, 2, 2));
    expect(cutByCount(tree, 5)).toEqual(Int32Array.of(0, 1, 2, 3, 4));
    expect(cutByHeight(tree, 3)).toEqual(cutByCount(tree, 3));
    expect(cutByHeight(tree, 3.5)).toEqual(cutByCount(tree, 2));
    expect(() => cutByCount(tree, 6)).toThrow();
  });

  it('is shown by its last merges, with the rows of each leaf', () => {
    const shown = truncateTree(tree, 3);
    expect(shown.counts).toEqual(Int32Array.of(2, 1, 2));
    expect(shown.leafHeights).toEqual(Float64Array.of(1, 0, 2));
    expect(shown.tree).toEqual({ children: Int32Array.of(1, 0, 2, 3), heights: Float64Array.of(3, 4) });
    expect(shown.leafOfRow).toEqual(Int32Array.of(0, 0, 1, 2, 2));
    expect(truncateTree(tree, 99).tree).toEqual(tree);
    expect(truncateTree(tree, 1).counts).toEqual(Int32Array.of(5));
  });
});

describe('agglomerative clustering', () => {
  const X = sampleBlobs(500, 3, 4, 2);

  it.each(['complete', 'average'] as const)(
    'by micro-clusters is near to the exact one (%s), and says how near',
    (linkage) => {
      const tree = microClusterTree(X, linkage, {});
      expect(tree.heights).toHaveLength(499);
      const error = microClusterError(X, linkage, 4, {});
      expect(error.rows).toBe(500);
      expect(error.error).toBeLessThan(0.5);
      expect(nodeSizes(tree).at(-1)).toBe(500);
    },
  );

  it('cuts by a height', () => {
    const { model } = agglomerative.fit(X, agglomerative.params.parse({}), {});
    const height = (model.heights[493] + model.heights[494]) / 2;
    const { labels } = agglomerative.fit(X, agglomerative.params.parse({ distance_threshold: height }), {});
    expect(labels).toEqual(cutByCount(model, 6));
  });
});
