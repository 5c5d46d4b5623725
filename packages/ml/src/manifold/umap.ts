import { z } from 'zod';
import { MlError } from '../errors.ts';
import { type Approximation, defineReducer, type FitContext } from '../estimator.ts';
import { checkMatrix, type Matrix, zeros } from '../matrix.ts';
import { uncollectedBytes } from '../memory-plan.ts';
import { nearestNeighbors, neighborsBytes } from '../neighbors/nearest-neighbors.ts';
import { fitCurve } from './curve-fit.ts';
import { fuzzyGraph, memberships } from './fuzzy-graph.ts';
import { laplacianBytes } from './laplacian-vectors.ts';
import { descendLayout, descentBytes } from './layout-descent.ts';
import { partOfProgress } from './progress.ts';
import { referenceUmap } from './reference-umap.ts';
import { graphOf, pruned, type SparseGraph } from './sparse-graph.ts';
import { spectralStart } from './spectral-start.ts';

const params = z.object({
  n_components: z.int().min(1).max(100).default(10).describe('Columns of the result; 2 for a picture.'),
  n_neighbors: z
    .int()
    .min(2)
    .max(1000)
    .default(15)
    .describe('Rows that each is held together with, itself counted: few show detail, many the whole.'),
  min_dist: z.number().min(0).max(10).default(0.1).describe('How close rows may lie in the result.'),
  spread: z.number().positive().max(10).default(1).describe('Scale of the result; at least min_dist.'),
  n_epochs: z.int().min(0).max(10_000).default(0).describe('Rounds of descent; 0 for 500 up to 10,000 rows, else 200.'),
  learning_rate: z.number().positive().max(10).default(1).describe('First step of the descent.'),
  negative_sample_rate: z
    .int()
    .min(0)
    .max(50)
    .default(5)
    .describe('Rows drawn to keep distance from, for each tie followed.'),
  repulsion_strength: z.number().min(0).max(100).default(1).describe('Weight of keeping distance.'),
  seed: z.int().min(0).default(0).describe('Seed of the start and of the draws.'),
  engine: z
    .enum(['fast', 'reference'])
    .default('fast')
    .describe('Compiled code on all threads, or the package umap-js: up to 5,000 rows.'),
});

type Params = z.output<typeof params>;

const MODEL = z.object({
  columns: z.int().min(1),
  width: z.int().min(1),
  neighbors: z.int().min(1),
  /** As asked for, 0 for by size. */
  epochs: z.int().min(0),
  a: z.number(),
  b: z.number(),
  rate: z.number(),
  negatives: z.int(),
  repulsion: z.number(),
  seed: z.int(),
  /** The fitted rows, and where they lie. */
  rows: z.instanceof(Float64Array),
  places: z.instanceof(Float64Array),
});

/**
 * Uniform manifold approximation and projection (McInnes, Healy and Melville 2018), with umap-learn's steps, parameters and
 * epochs. Neighbours are exact. Unlike umap-learn each row of a tie is moved by itself (see layout-descent.ts), so threads do not change
 * the result. `transform` ties new rows to fitted ones, which stay, and descends for a third of the epochs; where a row comes to lie
 * depends a little on those that are placed with it, as in umap-learn.
 */
export const umap = defineReducer({
  name: 'umap',
  kind: 'reducer',
  title: 'UMAP',
  params,
  modelVersion: 1,
  model: MODEL,
  memory: (rows, columns, { n_neighbors, n_components }) => {
    const entries = rows * n_neighbors;
    const graph = entries * (12 + 12 + 3 * 24);
    const later = Math.max(
      laplacianBytes(rows, 2 * entries, n_components),
      descentBytes(rows, 2 * entries, n_components),
    );
    return (
      rows * columns * 8 +
      Math.max(neighborsBytes(rows, columns, n_neighbors), graph + later) +
      rows * n_components * 24 +
      uncollectedBytes(rows)
    );
  },
  fit(X, settings, context) {
    checkMatrix(X, 3);
    if (settings.min_dist > settings.spread)
      throw new MlError('BAD_PARAMETER', `min_dist ${settings.min_dist} is above spread ${settings.spread}`);
    const neighbors = Math.min(settings.n_neighbors, X.rows - 1);
    const approximations: Approximation[] = [];
    if (neighbors < settings.n_neighbors)
      approximations.push({ text: `Only ${neighbors} neighbours were taken, for want of rows.`, rows: X.rows });
    const curve = fitCurve(settings.min_dist, settings.spread);
    const epochs = settings.n_epochs || (X.rows <= 10_000 ? 500 : 200);
    const Z =
      settings.engine === 'reference'
        ? referenceUmap(X, { ...settings, n_neighbors: neighbors, n_epochs: epochs })
        : layOut(X, settings, neighbors, epochs, curve, context);
    const model = {
      columns: X.columns,
      width: settings.n_components,
      neighbors,
      epochs: settings.n_epochs,
      ...curve,
      rate: settings.learning_rate,
      negatives: settings.negative_sample_rate,
      repulsion: settings.repulsion_strength,
      seed: settings.seed,
      rows: X.data.slice(),
      places: Z.data.slice(),
    };
    return { model, Z, approximations };
  },
  transform(model, X, context) {
    if (X.columns !== model.columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${model.columns}`);
    checkMatrix(X, 0);
    if (X.rows === 0) return zeros(0, model.width);
    const fitted = { rows: model.rows.length / model.columns, columns: model.columns, data: model.rows };
    const places = { rows: fitted.rows, columns: model.width, data: model.places };
    const found = nearestNeighbors(fitted, model.neighbors, context, { queries: X });
    const epochs = model.epochs ? Math.ceil(model.epochs / 3) : X.rows <= 10_000 ? 100 : 30;
    const ties = graphOf(X.rows, found.k, found.indices, memberships(found, X.rows, 0));
    const strongest = ties.values.reduce((most, value) => Math.max(most, value), 0);
    const graph = pruned(ties, strongest / epochs);
    const descent = { ...model, epochs, rate: model.rate / 4 };
    return descendLayout(graph, meanPlaces(ties, places), descent, context, places);
  },
});

function layOut(
  X: Matrix,
  settings: Params,
  neighbors: number,
  epochs: number,
  curve: { a: number; b: number },
  context: FitContext,
): Matrix {
  const found = nearestNeighbors(X, neighbors - 1, partOfProgress(context, 0, 0.3));
  const whole = fuzzyGraph(found, X.rows);
  const strongest = whole.values.reduce((most, value) => Math.max(most, value), 0);
  const graph = pruned(whole, strongest / epochs);
  const start = spectralStart(graph, X, settings.n_components, settings.seed, partOfProgress(context, 0.3, 0.4));
  const descent = {
    ...curve,
    epochs,
    rate: settings.learning_rate,
    negatives: settings.negative_sample_rate,
    repulsion: settings.repulsion_strength,
    seed: settings.seed,
  };
  return descendLayout(graph, start, descent, partOfProgress(context, 0.4, 1));
}

/** Where the rows that each is tied to lie, by the ties' weights. */
function meanPlaces({ rows, offsets, columns, values }: SparseGraph, places: Matrix): Matrix {
  const Z = zeros(rows, places.columns);
  for (let row = 0; row < rows; row++) {
    let whole = 0;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) whole += values[at];
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      for (let c = 0; c < Z.columns; c++)
        Z.data[row * Z.columns + c] += (values[at] / whole) * places.data[columns[at] * Z.columns + c];
    }
  }
  return Z;
}
