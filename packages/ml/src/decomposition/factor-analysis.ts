import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineReducer, type FitContext } from '../estimator.ts';
import { invertPositive } from '../linear-algebra/cholesky.ts';
import { centeredGram, gramMemory } from '../linear-algebra/gram.ts';
import { productByRows, productMemory } from '../linear-algebra/product.ts';
import { fixSigns, symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { float64Array } from '../model-arrays.ts';

const model = z.object({
  columns: z.int().positive(),
  mean: float64Array,
  /** Loadings, a factor in each row. */
  components: float64Array,
  noise_variance: float64Array,
  /** Log-likelihood after each turn. */
  loglike: float64Array,
});
type Model = z.output<typeof model>;

/** Least noise variance, that of a column which the factors explain wholly. */
const SMALL = 1e-12;

/** Maps a centred row to the posterior mean of its factors: factors x columns (Barber 21.1.2). */
function posteriorMap({ columns, components, noise_variance }: Model): Float64Array {
  const factors = components.length / columns;
  const weighted = components.map((loading, at) => loading / noise_variance[at % columns]);
  const precision = new Float64Array(factors * factors);
  for (let i = 0; i < factors; i++) {
    precision[i * factors + i] = 1;
    for (let j = 0; j < factors; j++) {
      for (let k = 0; k < columns; k++)
        precision[i * factors + j] += weighted[i * columns + k] * components[j * columns + k];
    }
  }
  const covariance = invertPositive(precision, factors);
  const map = new Float64Array(factors * columns);
  for (let i = 0; i < factors; i++) {
    for (let j = 0; j < factors; j++) {
      for (let k = 0; k < columns; k++) map[i * columns + k] += covariance[i * factors + j] * weighted[j * columns + k];
    }
  }
  return map;
}

function transform(fitted: Model, X: Matrix, context: FitContext): Matrix {
  const { columns, mean } = fitted;
  if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
  const map = posteriorMap(fitted);
  return productByRows(X, { rows: map.length / columns, columns, data: map }, context, { shift: mean });
}

/**
 * Factor analysis by greatest likelihood: turns of eigenvectors for the loadings and of what they leave for the noise (Barber,
 * "Bayesian reasoning and machine learning", algorithm 21.1), with scikit-learn's numbers. It needs the covariance alone, so
 * that a turn costs the same for any number of rows. Of each factor's two signs it takes that of a positive greatest loading.
 */
export const factorAnalysis = defineReducer({
  name: 'factorAnalysis',
  kind: 'reducer',
  title: 'Factor analysis',
  params: z.object({
    n_components: z.int().min(1).default(10).describe('Number of factors; at most as many as columns'),
    tol: z.number().min(0).default(0.01).describe('It ends when a turn adds less to the log-likelihood'),
    max_iter: z.int().min(1).max(100_000).default(1000).describe('Most turns'),
  }),
  modelVersion: 1,
  model,
  memory: (rows, columns, { n_components }) =>
    Math.max(gramMemory(rows, columns), productMemory(rows, columns, n_components) + 8 * rows * n_components),
  fit(X, { n_components, tol, max_iter }, context) {
    checkMatrix(X, 2);
    const { rows, columns } = X;
    const factors = Math.min(n_components, columns);
    const { means, gram } = centeredGram(X, context);
    const covariance = gram.map((sum) => sum / rows);
    const variances = Float64Array.from({ length: columns }, (_, at) => covariance[at * columns + at]);
    let noise: Float64Array = new Float64Array(columns).fill(1);
    let components = new Float64Array(factors * columns);
    const loglike: number[] = [];
    const constant = columns * Math.log(2 * Math.PI) + factors;
    let isDone = false;
    for (let turn = 0; turn < max_iter && !isDone; turn++) {
      context.progress?.(0.2 + (0.6 * turn) / max_iter);
      const roots = noise.map((value) => Math.sqrt(value) + SMALL);
      const scaled = covariance.map((value, at) => value / (roots[Math.floor(at / columns)] * roots[at % columns]));
      const { values, vectors } = symmetricEigen(scaled, columns);
      let [logs, unexplained] = [0, 0];
      values.forEach((value, at) => {
        if (at < factors) logs += Math.log(value);
        else unexplained += value;
      });
      components = new Float64Array(factors * columns);
      for (let factor = 0; factor < factors; factor++) {
        const size = Math.sqrt(Math.max(values[factor] - 1, 0));
        for (let at = 0; at < columns; at++)
          components[factor * columns + at] = size * vectors.data[factor * columns + at] * roots[at];
      }
      const noiseLogs = noise.reduce((sum, value) => sum + Math.log(value), 0);
      const likelihood = (-rows / 2) * (constant + logs + unexplained + noiseLogs);
      isDone = loglike.length > 0 && likelihood - loglike[loglike.length - 1] < tol;
      loglike.push(likelihood);
      if (isDone) break;
      noise = variances.map((variance, at) => {
        let explained = 0;
        for (let factor = 0; factor < factors; factor++) explained += components[factor * columns + at] ** 2;
        return Math.max(variance - explained, SMALL);
      });
    }
    fixSigns({ rows: factors, columns, data: components });
    const fitted: Model = {
      columns,
      mean: means,
      components,
      noise_variance: noise,
      loglike: Float64Array.from(loglike),
    };
    const approximations = isDone
      ? []
      : [
          {
            text: `It was stopped after ${max_iter} turns, while the likelihood still grew by more than ${tol} in a turn.`,
          },
        ];
    return { model: fitted, Z: transform(fitted, X, context), approximations };
  },
  transform,
});
