import { z } from 'zod';
import { onlyWith } from '../applies-when.ts';
import { adjustedRand } from '../cluster-metrics/agreement.ts';
import { sampleRows } from '../decomposition/landmarks.ts';
import { rbfMemory } from '../decomposition/rbf-operator.ts';
import { MlError } from '../errors.ts';
import { type Approximation, defineClusterer, type FitContext, type Placed } from '../estimator.ts';
import { gramMemory } from '../linear-algebra/gram.ts';
import { productMemory } from '../linear-algebra/product.ts';
import { checkMatrix, type Matrix, zeros } from '../matrix.ts';
import { uncollectedBytes } from '../memory-plan.ts';
import { float64Array } from '../model-arrays.ts';
import { nearestNeighbors, neighborsBytes } from '../neighbors/nearest-neighbors.ts';
import { kMeans } from './k-means.ts';
import { placeByCentres } from './k-means-kernel.ts';
import { allNoise } from './labels.ts';
import { embedRows, exactEmbedding, graphEmbedding, landmarkEmbedding } from './spectral-embedding.ts';

const params = z.object({
  n_clusters: z.int().min(2).max(200).default(6).describe('Number of clusters'),
  affinity: z
    .enum(['rbf', 'nearest_neighbors'])
    .default('rbf')
    .describe('How near rows are: by their distance, or by being among the nearest neighbours'),
  n_neighbors: z
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe('How many are the nearest, the row itself included')
    .meta(onlyWith('affinity', 'nearest_neighbors')),
  gamma: z
    .number()
    .min(0)
    .default(1)
    .describe(
      'Width of affinities, e^(-gamma * squared distance); 0: 1 / columns, which suits scaled tables of many columns',
    )
    .meta(onlyWith('affinity', 'rbf')),
  n_init: z.int().min(1).max(100).default(10).describe('Starts of k-means over the eigenvectors'),
  exact_rows: z
    .int()
    .min(2)
    .max(20_000)
    .default(4000)
    .describe('Up to so many rows all pairs are compared; of more, each row with landmarks')
    .meta(onlyWith('affinity', 'rbf')),
  n_landmarks: z
    .int()
    .min(10)
    .max(2000)
    .default(256)
    .describe('Rows that others are compared with')
    .meta(onlyWith('affinity', 'rbf')),
  seed: z.int().default(0).describe('Of landmarks, of the search of eigenvectors and of k-means'),
});
type Params = z.output<typeof params>;

const model = z.object({
  columns: z.int().positive(),
  affinity: z.enum(['rbf', 'nearest_neighbors']),
  n_neighbors: z.int(),
  gamma: z.number(),
  rows: float64Array,
  weights: float64Array,
  degrees: float64Array,
  /** Of the clusters among places, n_clusters x n_clusters. */
  centres: float64Array,
});
type Model = z.output<typeof model>;

/** Rows on which the labels by landmarks are compared with exact ones. */
const COMPARED_ROWS = 1000;

function fitLabels(X: Matrix, params: Params, gamma: number, isExact: boolean, context: FitContext) {
  const { n_clusters, n_landmarks, n_init, seed } = params;
  const embedding =
    params.affinity === 'nearest_neighbors'
      ? graphEmbedding(X, params.n_neighbors, n_clusters, seed, context)
      : isExact
        ? exactEmbedding(X, gamma, n_clusters, seed, context)
        : landmarkEmbedding(X, gamma, n_clusters, Math.max(n_clusters, n_landmarks), seed, context);
  const grouped = kMeans.fit(embedding.Z, kMeans.params.parse({ n_clusters, n_init, seed }), {
    ...context,
    progress: (done) => context.progress?.(0.8 + 0.15 * done),
  });
  return { ...embedding, labels: grouped.labels, centres: grouped.model.centres };
}

function place(fitted: Model, X: Matrix, context: FitContext): Placed {
  const { columns, affinity, n_neighbors, gamma, rows, weights, degrees, centres } = fitted;
  if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
  if (X.rows === 0) return allNoise(0);
  const known = { rows: rows.length / columns, columns, data: rows };
  const Z =
    affinity === 'rbf'
      ? embedRows(X, gamma, { rows: known, weights, degrees }, context)
      : meanPlaces(X, known, weights, n_neighbors, context);
  return placeByCentres(Z, centres, context);
}

/** The mean place of the nearest fitted rows; a fitted row's own is among them. */
function meanPlaces(X: Matrix, known: Matrix, places: Float64Array, n_neighbors: number, context: FitContext): Matrix {
  const k = Math.min(n_neighbors, known.rows);
  const { indices } = nearestNeighbors(known, k, context, { queries: X });
  const Z = zeros(X.rows, places.length / known.rows);
  for (let at = 0; at < Z.data.length; at++) {
    const [row, dimension] = [Math.floor(at / Z.columns), at % Z.columns];
    for (let near = row * k; near < (row + 1) * k; near++)
      Z.data[at] += places[dimension * known.rows + indices[near]] / k;
  }
  return Z;
}

/** Adjusted Rand index of the labels with those of an exact clustering of a sample. */
function compareWithExact(X: Matrix, fitted: Model, params: Params, context: FitContext): Approximation {
  const sample = sampleRows(X, COMPARED_ROWS, params.seed, 5);
  const quiet = { ...context, progress: () => context.progress?.(0.97) };
  const exact = fitLabels(sample, params, fitted.gamma, true, quiet).labels;
  return {
    text: 'Labels by landmarks were compared with those of an exact clustering of sampled rows alone.',
    error: 1 - adjustedRand(exact, place(fitted, sample, quiet).labels),
    measure: '1 - adjusted Rand index',
    rows: sample.rows,
  };
}

/**
 * Spectral clustering (Ng, Jordan and Weiss 2001, in the normalised form of Shi and Malik that scikit-learn has): k-means over the
 * first eigenvectors. With rbf affinities exact up to `exact_rows`, beyond by Nystroem's landmarks; with nearest neighbours of all
 * rows. A new row gets its place from its affinities, and the nearest cluster there.
 */
export const spectral = defineClusterer({
  name: 'spectral',
  kind: 'clusterer',
  title: 'Spectral clustering',
  params,
  modelVersion: 1,
  model,
  memory(rows, columns, { affinity, n_neighbors, n_clusters, exact_rows, n_landmarks }) {
    const byKMeans = kMeans.memory(rows, n_clusters, kMeans.params.parse({ n_clusters })) + 24 * rows * n_clusters;
    const exact = (count: number) =>
      rbfMemory(count, columns) + 8 * count * 2 * Math.max(160, 6 * n_clusters + 16) + uncollectedBytes(count);
    // Of graphs: the search of neighbours, then maps of them and the space of vectors and their images.
    const space = 8 * rows * 2 * Math.max(160, 6 * n_clusters + 16);
    if (affinity === 'nearest_neighbors')
      return (
        Math.max(neighborsBytes(rows, columns, n_neighbors), 150 * rows * n_neighbors) +
        space +
        byKMeans +
        uncollectedBytes(rows)
      );
    if (rows <= exact_rows) return exact(rows) + byKMeans;
    // Affinities, those of the landmarks taken out, and both as they are brought to a common sum.
    const near =
      2.5 * 8 * rows * n_landmarks + Math.max(productMemory(rows, columns, n_landmarks), gramMemory(rows, n_landmarks));
    return near + byKMeans + exact(Math.min(rows, COMPARED_ROWS)) + 48 * n_landmarks * n_landmarks;
  },
  fit(X, params, context) {
    checkMatrix(X, params.n_clusters);
    const gamma = params.gamma || 1 / X.columns;
    const isExact = params.affinity === 'nearest_neighbors' || X.rows <= params.exact_rows;
    const { labels, rows, weights, degrees, centres, approximations } = fitLabels(X, params, gamma, isExact, context);
    const { affinity, n_neighbors } = params;
    const fitted: Model = {
      columns: X.columns,
      affinity,
      n_neighbors,
      gamma,
      rows: rows.data.slice(),
      weights,
      degrees,
      centres,
    };
    if (isExact) return { model: fitted, labels, approximations };
    return { model: fitted, labels, approximations: [...approximations, compareWithExact(X, fitted, params, context)] };
  },
  placing: {
    rule: 'The cluster whose centre is nearest to the place that the affinities with the fitted rows give it.',
    natural: false,
    value: 'distance',
  },
  place,
});
