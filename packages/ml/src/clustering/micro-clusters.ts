import { adjustedRand } from '../cluster-metrics/agreement.ts';
import type { Approximation, FitContext } from '../estimator.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import { Random } from '../random.ts';
import { partOf } from './core-distances.ts';
import { fitKMeans } from './k-means-fit.ts';
import { cutByCount, type MergeTree, treeOfPairs } from './merge-tree.ts';
import { tableTree } from './table-tree.ts';

/** How many rows one micro-cluster has, on average. */
const ROWS_MERGED = 25;
const SAMPLE_ROWS = 4000;

export const microClusters = (rows: number): number => Math.ceil(rows / ROWS_MERGED);

/** Complete or average linkage of the means of small k-means clusters; the rows of each are merged first, at height 0. */
export function microClusterTree(X: Matrix, linkage: 'complete' | 'average', context: FitContext): MergeTree {
  const { labels, means, counts } = microClustersOf(X, partOf(context, 0, 0.6));
  const top = tableTree(means, linkage, partOf(context, 0.6, 1), counts);
  const firstRow = new Int32Array(means.rows).fill(-1);
  const a: number[] = [];
  const b: number[] = [];
  const heights: number[] = [];
  labels.forEach((label, row) => {
    if (firstRow[label] < 0) firstRow[label] = row;
    else {
      a.push(firstRow[label]);
      b.push(row);
      heights.push(0);
    }
  });
  const rowOfNode = Int32Array.from({ length: 2 * means.rows - 1 }, (_, node) => firstRow[node] ?? -1);
  top.heights.forEach((height, merge) => {
    const [x, y] = [rowOfNode[top.children[2 * merge]], rowOfNode[top.children[2 * merge + 1]]];
    rowOfNode[means.rows + merge] = x;
    a.push(x);
    b.push(y);
    heights.push(height);
  });
  return treeOfPairs(a, b, heights);
}

function microClustersOf(X: Matrix, context: FitContext) {
  const found = fitKMeans(
    X,
    {
      n_clusters: microClusters(X.rows),
      init: 'random',
      n_init: 1,
      max_iter: 3,
      tol: 0,
      seed: 1,
      min_size: 0,
      max_size: 0,
    },
    context,
  );
  // Clusters without rows have no place in the tree.
  const number = new Int32Array(microClusters(X.rows)).fill(-1);
  let used = 0;
  const labels = found.labels.map((label) => {
    if (number[label] < 0) number[label] = used++;
    return number[label];
  });
  const counts = new Float64Array(used);
  const means = { rows: used, columns: X.columns, data: new Float64Array(used * X.columns) };
  labels.forEach((label, row) => {
    counts[label]++;
    for (let c = 0; c < X.columns; c++) means.data[label * X.columns + c] += X.data[row * X.columns + c];
  });
  means.data.forEach((sum, at) => {
    means.data[at] = sum / counts[Math.floor(at / X.columns)];
  });
  return { labels, means, counts };
}

/** What merging first costs, on rows for which it can be told. */
export function microClusterError(
  X: Matrix,
  linkage: 'complete' | 'average',
  clusters: number,
  context: FitContext,
): Approximation {
  const order = new Random(1).shuffle(Int32Array.from({ length: X.rows }, (_, row) => row));
  const sample = takeRows(X, order.subarray(0, SAMPLE_ROWS).sort());
  const quiet: FitContext = context.threads ? { threads: context.threads } : {};
  const exact = cutByCount(tableTree(sample, linkage, quiet), clusters);
  const merged = cutByCount(microClusterTree(sample, linkage, quiet), clusters);
  return {
    text: `Rows were first merged into ${microClusters(X.rows)} small k-means clusters, as a table of all distances is too large; below these the tree has no heights.`,
    error: 1 - adjustedRand(exact, merged),
    measure: '1 - adjusted Rand index against the exact tree, both of a sample',
    rows: sample.rows,
  };
}
