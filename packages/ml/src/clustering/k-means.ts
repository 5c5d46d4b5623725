import { kmeans as mlKMeans } from 'ml-kmeans';
import { z } from 'zod';
import { onlyWith } from '../applies-when.ts';
import { MlError } from '../errors.ts';
import { defineClusterer } from '../estimator.ts';
import { checkMatrix, checkShape, type Matrix } from '../matrix.ts';
import { fitKMeans, type KMeansResult } from './k-means-fit.ts';
import { kMeansBytes, placeByCentres } from './k-means-kernel.ts';
import { numberingByFirstRow } from './labels.ts';

const params = z.object({
  n_clusters: z.int().min(1).max(10_000).default(3).describe('Number of clusters.'),
  init: z
    .enum(['k-means++', 'random'])
    .default('k-means++')
    .describe('First centres: rows far from each other (greedy k-means++), or any rows.'),
  n_init: z.int().min(1).max(100).default(1).describe('Starts, of which the one of least inertia stays.'),
  max_iter: z.int().min(1).max(100_000).default(300).describe('Most iterations of a start.'),
  tol: z
    .number()
    .min(0)
    .default(1e-4)
    .describe('Ends when the centres move by less, squared, than this share of the mean variance of a column.'),
  min_size: z
    .int()
    .min(0)
    .default(0)
    .describe('Fewest rows of a cluster; 0 for no limit.')
    .meta(onlyWith('engine', 'fast')),
  max_size: z
    .int()
    .min(0)
    .default(0)
    .describe('Most rows of a cluster; 0 for no limit.')
    .meta(onlyWith('engine', 'fast')),
  seed: z.int().default(1).describe('Seed of the first centres.'),
  engine: z
    .enum(['fast', 'reference'])
    .default('fast')
    .describe('Compiled code on all threads, or the package ml-kmeans: up to 20,000 rows, no size limits.'),
});

const MOST_REFERENCE_ROWS = 20_000;

/**
 * k-means (Lloyd 1982), with scikit-learn's parameters and stopping rule. With size limits every assignment is the cheapest
 * that keeps them (see size-limits.ts: exact for the centres at hand; over the iterations a local optimum, as k-means itself).
 * A new row goes to the nearest centre, limits or not.
 */
export const kMeans = defineClusterer({
  name: 'kMeans',
  kind: 'clusterer',
  title: 'k-means',
  params,
  modelVersion: 1,
  model: z.object({
    columns: z.int().min(1),
    /** n_clusters x columns, in the order of the labels. */
    centres: z.instanceof(Float64Array),
    inertia: z.number(),
    iterations: z.int(),
  }),
  memory: (rows, columns, { n_clusters, min_size, max_size }) =>
    kMeansBytes(rows, columns, n_clusters, 3) + rows * 8 + (min_size || max_size ? 60 * rows * n_clusters : 0),
  fit(X, settings, context) {
    checkShape(X, settings.n_clusters);
    const { labels, centres, inertia, iterations } =
      settings.engine === 'reference' ? byReference(X, settings) : fitKMeans(X, settings, context);
    const numbers = numberingByFirstRow(labels, settings.n_clusters);
    const ordered = new Float64Array(centres.length);
    numbers.forEach((number, at) => {
      ordered.set(centres.subarray(at * X.columns, (at + 1) * X.columns), number * X.columns);
    });
    return {
      model: { columns: X.columns, centres: ordered, inertia, iterations },
      labels: labels.map((label) => numbers[label]),
      approximations: [],
    };
  },
  placing: { rule: 'The cluster whose centre is nearest.', natural: true, value: 'distance' },
  place(model, X, context) {
    if (X.columns !== model.columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${model.columns}`);
    return placeByCentres(X, model.centres, context);
  },
});

function byReference(X: Matrix, settings: z.output<typeof params>): KMeansResult {
  checkMatrix(X);
  if (X.rows > MOST_REFERENCE_ROWS)
    throw new MlError('BAD_PARAMETER', `the reference engine takes up to ${MOST_REFERENCE_ROWS} rows`);
  if (settings.min_size || settings.max_size)
    throw new MlError('BAD_PARAMETER', 'the reference engine knows no size limits');
  const rows = Array.from({ length: X.rows }, (_, row) =>
    Array.from(X.data.subarray(row * X.columns, (row + 1) * X.columns)),
  );
  let best: KMeansResult | undefined;
  for (let start = 0; start < settings.n_init; start++) {
    const found = mlKMeans(rows, settings.n_clusters, {
      seed: settings.seed + start,
      initialization: settings.init === 'random' ? 'random' : 'kmeans++',
      maxIterations: settings.max_iter,
      tolerance: settings.tol,
    });
    const inertia = found.clusters.reduce((sum, label, row) => {
      return sum + rows[row].reduce((part, value, c) => part + (value - found.centroids[label][c]) ** 2, 0);
    }, 0);
    if (best && inertia >= best.inertia) continue;
    best = {
      centres: Float64Array.from(found.centroids.flat()),
      labels: Int32Array.from(found.clusters),
      inertia,
      iterations: found.iterations,
    };
  }
  if (!best) throw new MlError('BAD_PARAMETER', 'n_init must be at least 1');
  return best;
}
