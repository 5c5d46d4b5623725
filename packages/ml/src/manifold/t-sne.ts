import { z } from 'zod';
import { onlyWith } from '../applies-when.ts';
import { MlError } from '../errors.ts';
import { type Approximation, defineReducer } from '../estimator.ts';
import { checkMatrix, type Matrix, zeros } from '../matrix.ts';
import { uncollectedBytes } from '../memory-plan.ts';
import { nearestNeighbors, neighborsBytes } from '../neighbors/nearest-neighbors.ts';
import { Random } from '../random.ts';
import { conditionals, jointProbabilities } from './perplexity.ts';
import { principalStart } from './principal-start.ts';
import { partOfProgress } from './progress.ts';
import { descendTsne, tsneBytes } from './t-sne-descent.ts';

const params = z.object({
  n_components: z.literal(2).default(2).describe('Columns of the result.'),
  perplexity: z
    .number()
    .min(1)
    .max(1000)
    .default(30)
    .describe('Neighbours that each row is held together with, about.'),
  learning_rate: z
    .union([z.literal('auto'), z.number().positive()])
    .default(200)
    .describe('Size of a step; "auto" takes rows / exaggeration / 4, at least 50.'),
  early_exaggeration: z
    .number()
    .min(1)
    .max(100)
    .default(12)
    .describe('How much stronger ties are in the first 250 iterations.'),
  max_iter: z.int().min(250).max(20_000).default(1000).describe('Most iterations.'),
  angle: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Barnes and Hut: width of a group of rows by its distance below which it counts as one.'),
  init: z.enum(['pca', 'random']).default('pca').describe('Where rows start: principal components, or anywhere.'),
  seed: z.int().min(0).default(0).describe('Seed of a random start.').meta(onlyWith('init', 'random')),
});

const START = 1e-4;
const neighborsOf = (rows: number, perplexity: number): number => Math.min(rows - 1, Math.floor(3 * perplexity + 1));

/**
 * t-distributed stochastic neighbour embedding (van der Maaten and Hinton 2008; Barnes-Hut: van der Maaten 2014) with scikit-learn's
 * parameters, phases and gradient. Neighbours are exact. The method has no places for new rows: `transform` puts them at the mean of
 * the fitted rows near them, weighted by the same Gaussians.
 */
export const tSne = defineReducer({
  name: 'tSne',
  kind: 'reducer',
  title: 't-SNE',
  params,
  modelVersion: 1,
  model: z.object({
    columns: z.int().min(1),
    perplexity: z.number(),
    /** Kullback-Leibler divergence at the end. */
    divergence: z.number(),
    iterations: z.int(),
    /** The fitted rows, and where they lie. */
    rows: z.instanceof(Float64Array),
    places: z.instanceof(Float64Array),
  }),
  memory(rows, columns, { perplexity }) {
    const k = neighborsOf(rows, perplexity);
    const graph = rows * k * (12 + 12 + 2 * 12 + 24);
    return (
      rows * (columns * 8 + 48) +
      Math.max(neighborsBytes(rows, columns, k), graph + tsneBytes(rows, 2 * rows * k)) +
      uncollectedBytes(2 * rows)
    );
  },
  fit(X, settings, context) {
    checkMatrix(X, 4);
    // scikit-learn refuses a perplexity of as many as there are rows; taking what can be had serves small tables better.
    const perplexity = Math.min(settings.perplexity, (X.rows - 1) / 3);
    const approximations: Approximation[] = [
      { text: `Repulsion by groups of rows (Barnes and Hut, angle ${settings.angle}), as scikit-learn.` },
    ];
    if (perplexity < settings.perplexity)
      approximations.push({ text: `Perplexity ${perplexity.toFixed(1)} for want of rows.`, rows: X.rows });
    const k = neighborsOf(X.rows, perplexity);
    const P = jointProbabilities(nearestNeighbors(X, k, partOfProgress(context, 0, 0.15)), X.rows, perplexity);
    const { learning_rate, early_exaggeration } = settings;
    const rate = learning_rate === 'auto' ? Math.max(X.rows / early_exaggeration / 4, 50) : learning_rate;
    const descent = { iterations: settings.max_iter, exaggeration: early_exaggeration, rate, angle: settings.angle };
    const start = settings.init === 'pca' ? principalStart(X, START) : randomStart(X.rows, settings.seed);
    const { Z, divergence, iterations } = descendTsne(P, start, descent, partOfProgress(context, 0.15, 1));
    const model = {
      columns: X.columns,
      perplexity,
      divergence,
      iterations,
      rows: X.data.slice(),
      places: Z.data.slice(),
    };
    return { model, Z, approximations };
  },
  noNewRows:
    't-SNE learns where the given rows lie and no map for others: choose pca, factor_analysis, kernel_pca or umap, or none',
  transform(model, X, context) {
    if (X.columns !== model.columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${model.columns}`);
    checkMatrix(X, 0);
    const Z = zeros(X.rows, 2);
    if (X.rows === 0) return Z;
    const fitted = { rows: model.rows.length / model.columns, columns: model.columns, data: model.rows };
    const found = nearestNeighbors(fitted, neighborsOf(fitted.rows, model.perplexity), context, { queries: X });
    const weights = conditionals(found, X.rows, model.perplexity);
    weights.forEach((weight, at) => {
      const row = Math.floor(at / found.k);
      for (let c = 0; c < 2; c++) Z.data[2 * row + c] += weight * model.places[2 * found.indices[at] + c];
    });
    return Z;
  },
});

function randomStart(rows: number, seed: number): Matrix {
  const random = new Random(seed, 41);
  return { rows, columns: 2, data: Float64Array.from({ length: 2 * rows }, () => START * random.normal()) };
}
