import { z } from 'zod';
import { defineOutlierDetector } from '../estimator.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { float64Array, int32Array } from '../model-arrays.ts';
import { Random } from '../random.ts';
import { quantile, sortedValues } from './quantile.ts';

const model = z.object({
  /** Of each node, trees one after the other: the column that it splits, -1 for a leaf. */
  feature: int32Array,
  /** Rows up to it go left, to the next node; at a leaf, the path's expected length from the root. */
  threshold: float64Array,
  right: int32Array,
  roots: int32Array,
  /** Mean path length of a sample that large. */
  normal: z.number(),
  /** Scores below it are outliers'. */
  offset: z.number(),
});
type Forest = Omit<z.output<typeof model>, 'offset'>;

const EULER = 0.5772156649015329;

/** Mean length of an unsuccessful search in a binary tree of n values. */
function meanPath(n: number): number {
  if (n <= 1) return 0;
  return n === 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

/** Grows a tree on those rows by random columns and cuts, nodes in depth-first order. */
function growTree(
  X: Matrix,
  rows: Int32Array,
  deepest: number,
  random: Random,
  nodes: [number, number, number][],
): void {
  const columns = Int32Array.from({ length: X.columns }, (_, at) => at);
  const grow = (own: Int32Array, depth: number): void => {
    const at = nodes.length;
    nodes.push([-1, depth + meanPath(own.length), 0]);
    if (depth >= deepest || own.length <= 1) return;
    // Columns in random order until one is not constant here.
    for (let left = X.columns; left > 0; left--) {
      const pick = random.below(left);
      const column = columns[pick];
      [columns[pick], columns[left - 1]] = [columns[left - 1], column];
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const row of own) {
        const value = X.data[row * X.columns + column];
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (low === high) continue;
      const drawn = low + random.uniform() * (high - low);
      const cut = drawn < high ? drawn : low;
      nodes[at] = [column, cut, 0];
      grow(
        own.filter((row) => X.data[row * X.columns + column] <= cut),
        depth + 1,
      );
      nodes[at][2] = nodes.length;
      grow(
        own.filter((row) => X.data[row * X.columns + column] > cut),
        depth + 1,
      );
      return;
    }
  };
  grow(rows, 0);
}

function scores({ feature, threshold, right, roots, normal }: Forest, X: Matrix): Float64Array {
  const result = new Float64Array(X.rows);
  for (let row = 0; row < X.rows; row++) {
    const from = row * X.columns;
    let length = 0;
    for (const root of roots) {
      let node = root;
      while (feature[node] >= 0) node = X.data[from + feature[node]] <= threshold[node] ? node + 1 : right[node];
      length += threshold[node];
    }
    result[row] = -(2 ** (-length / (roots.length * (normal || 1))));
  }
  return result;
}

/** Liu, Ting and Zhou, "Isolation forest" (2008), with scikit-learn's scores: the negated anomaly score, -1 (outlier) to 0. */
export const isolationForest = defineOutlierDetector({
  name: 'isolationForest',
  kind: 'outlier_detector',
  title: 'Isolation forest',
  params: z.object({
    n_estimators: z.int().min(1).max(2000).default(100).describe('Number of trees'),
    max_samples: z.int().min(2).max(100_000).default(256).describe('Rows that each tree is grown on'),
    contamination: z
      .number()
      .min(0)
      .max(0.5)
      .default(0)
      .describe('Share of rows to call outliers; 0: those of a score below -0.5'),
    seed: z.int().default(0).describe('Other trees for another seed'),
  }),
  modelVersion: 1,
  model,
  memory: (rows, columns, { n_estimators, max_samples }) =>
    n_estimators * Math.min(rows, max_samples) * 2 * 100 + 8 * rows + 65536 + 0 * columns,
  fit(X, { n_estimators, max_samples, contamination, seed }, { progress }) {
    checkMatrix(X, 2);
    const size = Math.min(max_samples, X.rows);
    const deepest = Math.ceil(Math.log2(Math.max(size, 2)));
    const order = Int32Array.from({ length: X.rows }, (_, at) => at);
    const nodes: [number, number, number][] = [];
    const roots = new Int32Array(n_estimators);
    for (let tree = 0; tree < n_estimators; tree++) {
      progress?.(tree / n_estimators);
      const random = new Random(seed, tree);
      // The first places of a shuffle that goes on from the last tree's order.
      for (let at = 0; at < size; at++) {
        const other = at + random.below(X.rows - at);
        [order[at], order[other]] = [order[other], order[at]];
      }
      roots[tree] = nodes.length;
      growTree(X, order.slice(0, size), deepest, random, nodes);
    }
    const forest = {
      feature: Int32Array.from(nodes, ([feature]) => feature),
      threshold: Float64Array.from(nodes, ([, threshold]) => threshold),
      right: Int32Array.from(nodes, ([, , right]) => right),
      roots,
      normal: meanPath(size),
    };
    const offset = contamination > 0 ? quantile(sortedValues(scores(forest, X)), contamination) : -0.5;
    return { model: { ...forest, offset }, approximations: [] };
  },
  score: (model, X) => scores(model, X),
  outliers({ offset, ...forest }, X) {
    return Uint8Array.from(scores(forest, X), (score) => Number(score < offset));
  },
});
