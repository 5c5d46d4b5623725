import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineClusterer, type FitContext } from '../estimator.ts';
import { centeredGram, gramMemory } from '../linear-algebra/gram.ts';
import { checkMatrix, type Matrix, zeros } from '../matrix.ts';
import { float64Array } from '../model-arrays.ts';
import { kMeans } from './k-means.ts';
import { numberingByFirstRow } from './labels.ts';
import { factorsOf, type Mixture, maximise, parameterCount } from './mixture-covariance.ts';
import { type CovarianceType, MixtureKernel, type MixtureSums, mixtureBytes } from './mixture-kernel.ts';

const covarianceType = z.enum(['full', 'tied', 'diag', 'spherical']);

const params = z.object({
  n_components: z.int().min(1).max(1000).default(6).describe('Number of normal distributions'),
  covariance_type: covarianceType
    .default('full')
    .describe('Shapes: any of its own (full), one for all (tied), along the axes (diag), or round (spherical)'),
  tol: z.number().min(0).default(1e-3).describe('It ends when a turn adds less to the mean log-likelihood of a row'),
  reg_covar: z.number().min(0).default(1e-6).describe('Added to variances, so that none becomes 0'),
  max_iter: z.int().min(1).max(100_000).default(100).describe('Most turns'),
  n_init: z.int().min(1).max(100).default(1).describe('Starts from k-means of other seeds; the likeliest stays'),
  seed: z.int().default(0).describe("Of k-means' first centres"),
});
type Params = z.output<typeof params>;

const model = z.object({
  columns: z.int().positive(),
  covariance_type: covarianceType,
  weights: float64Array,
  means: float64Array,
  covariances: float64Array,
  /** Mean log-likelihood of a row, turns, and the information criteria (the lower the better). */
  lower_bound: z.number(),
  n_iter: z.int(),
  converged: z.boolean(),
  bic: z.number(),
  aic: z.number(),
});
type Model = z.output<typeof model>;

/** Sums as of a round in which each row belongs wholly to its label; `means` are without the kernel's offset. */
function sumsByLabels(
  X: Matrix,
  offset: Float64Array,
  labels: Int32Array,
  means: Float64Array,
  type: CovarianceType,
): MixtureSums {
  const d = X.columns;
  const k = means.length / d;
  const counts = new Float64Array(k);
  const shifts = new Float64Array(k * d);
  const each = type === 'full' ? d * d : type === 'tied' ? 0 : d;
  const squares = new Float64Array(k * each);
  const difference = new Float64Array(d);
  for (let row = 0; row < X.rows; row++) {
    const c = labels[row];
    counts[c]++;
    for (let i = 0; i < d; i++) {
      difference[i] = X.data[row * d + i] - offset[i] - means[c * d + i];
      shifts[c * d + i] += difference[i];
      if (each === d) squares[c * d + i] += difference[i] * difference[i];
    }
    if (type !== 'full') continue;
    for (let i = 0, to = c * each; i < d; i++, to += d)
      for (let j = i; j < d; j++) squares[to + j] += difference[i] * difference[j];
  }
  return { logLikelihood: Number.NaN, counts, shifts, squares };
}

interface Run {
  readonly mixture: Mixture;
  readonly bound: number;
  readonly turns: number;
  readonly converged: boolean;
}

/** From the clusters of k-means, turn by turn. */
function climb(
  X: Matrix,
  kernel: MixtureKernel,
  gram: Float64Array,
  params: Params,
  start: number,
  context: FitContext,
): Run {
  const { covariance_type: type, n_components, reg_covar, max_iter, tol, seed } = params;
  const first = kMeans.fit(X, kMeans.params.parse({ n_clusters: n_components, seed: seed + start }), {
    ...context,
    progress: () => context.progress?.(start / params.n_init),
  });
  const centres = first.model.centres.map((value, at) => value - kernel.offset[at % X.columns]);
  let mixture = maximise(sumsByLabels(X, kernel.offset, first.labels, centres, type), centres, type, reg_covar, gram);
  let bound = Number.NEGATIVE_INFINITY;
  for (let turn = 1; ; turn++) {
    const sums = kernel.round(factorsOf(mixture, type));
    const gain = sums.logLikelihood / X.rows - bound;
    bound = sums.logLikelihood / X.rows;
    mixture = maximise(sums, mixture.means, type, reg_covar, gram);
    context.progress?.((start + turn / (max_iter + 1)) / params.n_init);
    const converged = Math.abs(gain) < tol;
    if (converged || turn === max_iter) return { mixture, bound, turns: turn, converged };
  }
}

/** Probability of each component for each row, rows x components in the order of the labels. */
export function posteriors(fitted: Model, X: Matrix, context: FitContext): Matrix {
  if (X.columns !== fitted.columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${fitted.columns}`);
  if (X.rows === 0) return zeros(0, fitted.weights.length);
  checkMatrix(X);
  const { covariance_type: type, weights } = fitted;
  const kernel = MixtureKernel.open(X, weights.length, type, context, new Float64Array(X.columns));
  try {
    kernel.round(factorsOf(fitted, type));
    return kernel.responsibilities();
  } finally {
    kernel.close();
  }
}

function mostLikely({ rows, columns, data }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let c = 1; c < columns; c++) if (data[row * columns + c] > data[row * columns + best]) best = c;
    return best;
  });
}

/** Components in the order of `numbers`, which says of each its new place; means with the offset again. */
function reordered(
  { weights, means, covariances }: Mixture,
  numbers: Int32Array,
  offset: Float64Array,
  isTied: boolean,
): Mixture {
  const move = (values: Float64Array) => {
    const each = values.length / numbers.length;
    const moved = new Float64Array(values.length);
    numbers.forEach((number, at) => {
      moved.set(values.subarray(at * each, (at + 1) * each), number * each);
    });
    return moved;
  };
  const d = offset.length;
  return {
    weights: move(weights),
    means: move(means).map((mean, at) => mean + offset[at % d]),
    covariances: isTied ? covariances : move(covariances),
  };
}

/**
 * A mixture of normal distributions by expectation and maximisation from k-means (Dempster, Laird and Rubin 1977), with
 * scikit-learn's parameters and stopping rule. A row belongs to its likeliest component, a new one too.
 */
export const gaussianMixture = defineClusterer({
  name: 'gaussianMixture',
  kind: 'clusterer',
  title: 'Gaussian mixture',
  params,
  modelVersion: 1,
  model,
  memory: (rows, columns, { n_components, covariance_type }) =>
    Math.max(
      mixtureBytes(rows, columns, n_components, covariance_type) +
        Math.max(
          kMeans.memory(rows, columns, kMeans.params.parse({ n_clusters: n_components })),
          8 * rows * n_components,
        ),
      gramMemory(rows, columns),
    ),
  fit(X, params, context) {
    const { covariance_type: type, n_components, n_init } = params;
    checkMatrix(X, Math.max(2, n_components));
    const gram = type === 'tied' ? centeredGram(X, { ...context, progress: () => {} }).gram : new Float64Array(0);
    const kernel = MixtureKernel.open(X, n_components, type, context);
    try {
      let best: Run | undefined;
      for (let start = 0; start < n_init; start++) {
        const run = climb(X, kernel, gram, params, start, context);
        if (!best || run.bound > best.bound) best = run;
      }
      if (!best) throw new MlError('BAD_PARAMETER', 'n_init must be at least 1');
      const { logLikelihood } = kernel.round(factorsOf(best.mixture, type));
      const components = mostLikely(kernel.responsibilities());
      const numbers = numberingByFirstRow(components, n_components);
      const count = parameterCount(n_components, X.columns, type);
      const fitted: Model = {
        columns: X.columns,
        covariance_type: type,
        ...reordered(best.mixture, numbers, kernel.offset, type === 'tied'),
        lower_bound: best.bound,
        n_iter: best.turns,
        converged: best.converged,
        bic: count * Math.log(X.rows) - 2 * logLikelihood,
        aic: 2 * count - 2 * logLikelihood,
      };
      const approximations = best.converged
        ? []
        : [
            {
              text: `It was stopped after ${params.max_iter} turns, while the likelihood still grew by more than tol in a turn.`,
            },
          ];
      return { model: fitted, labels: components.map((component) => numbers[component]), approximations };
    } finally {
      kernel.close();
    }
  },
  placing: { rule: 'The likeliest component.', natural: true, value: 'probability' },
  place(fitted, X, context) {
    const P = posteriors(fitted, X, context);
    const labels = mostLikely(P);
    return { labels, values: Float64Array.from(labels, (label, row) => P.data[row * P.columns + label]) };
  },
});
