import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineReducer, type FitContext } from '../estimator.ts';
import { CenteredRows, centeredBytes } from '../linear-algebra/centered-rows.ts';
import { invertPositive } from '../linear-algebra/cholesky.ts';
import { productByRows } from '../linear-algebra/product.ts';
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

interface Climbed {
  readonly components: Float64Array;
  readonly noise: Float64Array;
  readonly loglike: readonly number[];
  readonly isDone: boolean;
}

/** Turns of loadings and noise from a covariance, until the likelihood of so many rows grows by less than `tol`. */
function climb(
  covariance: Float64Array,
  columns: number,
  rows: number,
  { factors, tol, max_iter }: { factors: number; tol: number; max_iter: number },
  context: FitContext,
): Climbed {
  let noise: Float64Array = new Float64Array(columns).fill(1);
  const loglike: number[] = [];
  const constant = columns * Math.log(2 * Math.PI) + factors;
  for (let turn = 1; ; turn++) {
    context.progress?.(0.2 + (0.6 * turn) / max_iter);
    const roots = noise.map((value) => Math.sqrt(value) + SMALL);
    const scaled = covariance.map((value, at) => value / (roots[Math.floor(at / columns)] * roots[at % columns]));
    const { values, vectors } = symmetricEigen(scaled, columns);
    let [logs, unexplained] = [0, 0];
    values.forEach((value, at) => {
      // Of columns that repeat others rounding may leave less than nothing.
      if (at < factors) logs += Math.log(Math.max(value, Number.MIN_VALUE));
      else unexplained += value;
    });
    const components = new Float64Array(factors * columns);
    for (let at = 0; at < components.length; at++) {
      const size = Math.sqrt(Math.max(values[Math.floor(at / columns)] - 1, 0));
      components[at] = size * vectors.data[at] * roots[at % columns];
    }
    const noiseLogs = noise.reduce((sum, value) => sum + Math.log(value), 0);
    loglike.push((-rows / 2) * (constant + logs + unexplained + noiseLogs));
    const isDone = turn > 1 && loglike[turn - 1] - loglike[turn - 2] < tol;
    if (isDone || turn === max_iter) return { components, noise, loglike, isDone };
    noise = noise.map((_, column) => {
      let explained = 0;
      for (let factor = 0; factor < factors; factor++) explained += components[factor * columns + column] ** 2;
      return Math.max(covariance[column * columns + column] - explained, SMALL);
    });
  }
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
    centeredBytes(rows, columns, Math.min(columns, n_components)) + 8 * rows * Math.min(columns, n_components),
  fit(X, { n_components, tol, max_iter }, context) {
    checkMatrix(X, 2);
    const { columns } = X;
    const factors = Math.min(n_components, columns);
    const rows = new CenteredRows(X, factors, context);
    try {
      const covariance = rows.gram.map((sum) => sum / X.rows);
      const { components, noise, loglike, isDone } = climb(
        covariance,
        columns,
        X.rows,
        { factors, tol, max_iter },
        context,
      );
      fixSigns({ rows: factors, columns, data: components });
      const fitted: Model = {
        columns,
        mean: rows.means,
        components,
        noise_variance: noise,
        loglike: Float64Array.from(loglike),
      };
      const Z = rows.times({ rows: factors, columns, data: posteriorMap(fitted) });
      const text = `It was stopped after ${max_iter} turns, while the likelihood still grew by more than ${tol} in a turn.`;
      return { model: fitted, Z, approximations: isDone ? [] : [{ text }] };
    } finally {
      rows.close();
    }
  },
  transform,
});
