import { agnes, type Cluster } from 'ml-hclust';
import { z } from 'zod';
import { onlyWith } from '../applies-when.ts';
import { MlError } from '../errors.ts';
import { type Approximation, defineClusterer, type FitContext } from '../estimator.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { uncollectedBytes } from '../memory-plan.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';
import { partOf } from './core-distances.ts';
import { placeByCentres } from './k-means-kernel.ts';
import { clusterCount } from './labels.ts';
import { cutByCount, cutByHeight, type MergeTree, treeOfPairs } from './merge-tree.ts';
import { microClusterError, microClusters, microClusterTree } from './micro-clusters.ts';
import { growTree, growthBytes } from './spanning-tree.ts';
import { tableTree, tableTreeBytes } from './table-tree.ts';
import { wardBytes, wardTree } from './ward-tree.ts';

const params = z.object({
  n_clusters: z
    .int()
    .min(1)
    .default(3)
    .describe('Number of clusters, where no distance_threshold is given.')
    .meta(onlyWith('distance_threshold', 0)),
  linkage: z
    .enum(['ward', 'complete', 'average', 'single'])
    .default('ward')
    .describe(
      'What makes clusters near: least growth of variance, nearest farthest rows, nearest rows on average, nearest rows.',
    ),
  distance_threshold: z
    .number()
    .min(0)
    .default(0)
    .describe('Clusters at this height or above it are not merged; 0 to cut by n_clusters.'),
  engine: z
    .enum(['fast', 'reference'])
    .default('fast')
    .describe('Compiled code on all threads, or the package ml-hclust: up to 1,000 rows.'),
});
type Params = z.output<typeof params>;

/** A table of all distances between more rows would be above 1.6 GB. */
const MOST_TABLE_ROWS = 20_000;
const MOST_REFERENCE_ROWS = 1000;

/**
 * Hierarchical clustering from below, with scikit-learn's linkages. Ward and single linkage are exact for any number of rows; complete
 * and average linkage up to 20,000, above which rows are first merged into small clusters, which is flagged.
 * A new row gets the cluster of the nearest row with single linkage, else that of the nearest cluster mean.
 */
export const agglomerative = defineClusterer({
  name: 'agglomerative',
  kind: 'clusterer',
  title: 'Agglomerative clustering',
  params,
  modelVersion: 1,
  model: z.object({
    columns: z.int().min(1),
    /** See MergeTree in merge-tree.ts. */
    children: z.instanceof(Int32Array),
    heights: z.instanceof(Float64Array),
    /** Rows of known label: all with single linkage, else the means of the clusters. */
    rows: z.instanceof(Float64Array),
    labels: z.instanceof(Int32Array),
  }),
  memory: (rows, columns, { linkage }) => {
    if (linkage === 'ward') return wardBytes(rows, columns);
    if (linkage === 'single') return growthBytes(rows, columns) + rows * (8 * columns + 60) + uncollectedBytes(rows);
    if (rows <= MOST_TABLE_ROWS) return tableTreeBytes(rows, columns);
    return tableTreeBytes(Math.max(4000, microClusters(rows)), columns) + rows * (16 * columns + 120);
  },
  fit(X, settings, context) {
    checkMatrix(X, 2);
    if (settings.distance_threshold === 0 && settings.n_clusters > X.rows)
      throw new MlError('BAD_PARAMETER', `${settings.n_clusters} clusters of ${X.rows} rows`);
    const approximations: Approximation[] = [];
    const tree = treeFor(X, settings, context, approximations);
    const labels = settings.distance_threshold
      ? cutByHeight(tree, settings.distance_threshold)
      : cutByCount(tree, settings.n_clusters);
    const known =
      settings.linkage === 'single'
        ? { rows: new Float64Array(X.data), labels: labels.slice() }
        : clusterMeans(X, labels);
    const { children, heights } = tree;
    return {
      model: {
        columns: X.columns,
        children: new Int32Array(children),
        heights: new Float64Array(heights),
        ...known,
      },
      labels,
      approximations,
    };
  },
  placing: {
    rule: 'The cluster of the nearest row with single linkage, else the cluster whose mean is nearest.',
    natural: false,
    value: 'distance',
  },
  place({ columns, rows, labels }, X, context) {
    if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
    // Labels of means are 0, 1, ...
    if (labels.length === clusterCount(labels)) return placeByCentres(X, rows, context);
    const known = { rows: labels.length, columns, data: rows };
    const { indices, distances } = nearestNeighbors(known, 1, context, { queries: X });
    return { labels: Int32Array.from(indices, (at) => labels[at]), values: distances };
  },
});

function treeFor(X: Matrix, settings: Params, context: FitContext, approximations: Approximation[]): MergeTree {
  const { linkage } = settings;
  if (settings.engine === 'reference') return byReference(X, linkage);
  if (linkage === 'ward') return wardTree(X, context);
  if (linkage === 'single') {
    const core = new Float64Array(X.rows);
    const { order, near, reach } = growTree(X, { core, mutual: false }, context);
    return treeOfPairs(near.subarray(1), order.subarray(1), reach.subarray(1));
  }
  if (X.rows <= MOST_TABLE_ROWS) return tableTree(X, linkage, context);
  approximations.push(microClusterError(X, linkage, Math.min(settings.n_clusters, 100), context));
  return microClusterTree(X, linkage, partOf(context, 0.1, 1));
}

function clusterMeans(X: Matrix, labels: Int32Array) {
  const count = clusterCount(labels);
  const rows = new Float64Array(count * X.columns);
  const sizes = new Float64Array(count);
  labels.forEach((label, row) => {
    sizes[label]++;
    for (let c = 0; c < X.columns; c++) rows[label * X.columns + c] += X.data[row * X.columns + c];
  });
  return {
    rows: rows.map((sum, at) => sum / sizes[Math.floor(at / X.columns)]),
    labels: Int32Array.from({ length: count }, (_, label) => label),
  };
}

function byReference(X: Matrix, linkage: Params['linkage']): MergeTree {
  if (X.rows > MOST_REFERENCE_ROWS)
    throw new MlError('BAD_PARAMETER', `the reference engine takes up to ${MOST_REFERENCE_ROWS} rows`);
  const rows = Array.from({ length: X.rows }, (_, row) =>
    Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)),
  );
  const a: number[] = [];
  const b: number[] = [];
  const heights: number[] = [];
  /** Returns a row of the cluster; a tree of so few rows is never too deep. */
  const walk = (cluster: Cluster): number => {
    if (cluster.isLeaf) return cluster.index;
    const [first, ...others] = cluster.children.map(walk);
    for (const other of others) {
      a.push(first);
      b.push(other);
      heights.push(cluster.height);
    }
    return first;
  };
  walk(agnes(rows, { method: linkage === 'ward' ? 'ward2' : linkage }));
  return treeOfPairs(a, b, heights);
}
