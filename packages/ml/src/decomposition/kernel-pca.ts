import { z } from 'zod';
import { MlError } from '../errors.ts';
import { type Approximation, defineReducer, type FitContext } from '../estimator.ts';
import { centeredGram, gramMemory } from '../linear-algebra/gram.ts';
import { productByRows, productMemory } from '../linear-algebra/product.ts';
import { fixSigns, symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { topEigenpairs } from '../linear-algebra/top-eigen.ts';
import { checkMatrix, type Matrix, zeros } from '../matrix.ts';
import { uncollectedBytes } from '../memory-plan.ts';
import { float64Array } from '../model-arrays.ts';
import { affinityError, chooseLandmarks, ERROR_ROWS } from './landmarks.ts';
import { rbfMemory, rbfOperator } from './rbf-operator.ts';

const model = z.object({
  columns: z.int().positive(),
  gamma: z.number(),
  /** Rows that others are compared with: all that were fitted, or landmarks. */
  rows: float64Array,
  /** A component in each row: what affinities to `rows` are multiplied by, and what is then taken off. */
  weights: float64Array,
  offsets: float64Array,
  eigenvalues: float64Array,
});
type Model = z.output<typeof model>;

const params = z.object({
  n_components: z.int().min(1).default(10).describe('Number of components'),
  gamma: z
    .number()
    .min(0)
    .default(0)
    .describe('Width of the rbf kernel, e^(-gamma * squared distance); 0: 1 / columns'),
  exact_rows: z
    .int()
    .min(2)
    .max(20_000)
    .default(4000)
    .describe('Up to so many rows all pairs are compared; of more, each row with landmarks'),
  n_landmarks: z.int().min(10).max(2000).default(256).describe('Rows that others are compared with'),
  seed: z.int().default(0).describe('Which landmarks, and where the search of eigenvectors starts'),
});
type Params = z.output<typeof params>;

function transform({ columns, gamma, rows, weights, offsets }: Model, X: Matrix, context: FitContext): Matrix {
  if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
  const count = rows.length / columns;
  const near = productByRows(X, { rows: count, columns, data: rows }, context, { gamma });
  const Z = productByRows(near, { rows: offsets.length, columns: count, data: weights }, context);
  for (let at = 0; at < Z.data.length; at++) Z.data[at] -= offsets[at % Z.columns];
  return Z;
}

/** Eigenvalues this small by the greatest are rounding: components along them are zeros. */
const NOTHING = 1e-12;

function fitExact(X: Matrix, gamma: number, { n_components, seed }: Params, context: FitContext) {
  const kernel = rbfOperator(X, gamma, context);
  try {
    const count = Math.min(n_components, X.rows);
    const centered = (vectors: Float64Array): Float64Array => {
      const result = vectors.slice();
      for (let from = 0; from < result.length; from += X.rows) {
        let sum = 0;
        for (let at = from; at < from + X.rows; at++) sum += result[at];
        for (let at = from; at < from + X.rows; at++) result[at] -= sum / X.rows;
      }
      return result;
    };
    const product = (V: Float64Array, vectors: number) => centered(kernel.product(centered(V), vectors));
    let turn = 0;
    const { values, vectors } = topEigenpairs(product, X.rows, count, {
      seed,
      progress: () => context.progress?.(0.9 * (1 - 1 / (1 + turn++ / 10))),
    });
    fixSigns(vectors);
    const weights = vectors.data.map((entry, at) => {
      const value = values[Math.floor(at / X.rows)];
      return value > NOTHING * values[0] ? entry / Math.sqrt(value) : 0;
    });
    const offsets = new Float64Array(count);
    for (let at = 0; at < weights.length; at++)
      offsets[Math.floor(at / X.rows)] += (weights[at] * kernel.sums[at % X.rows]) / X.rows;
    // The fitted rows' own places need no affinities again: an eigenvector times its value's root is what transform comes to.
    const Z = zeros(X.rows, count);
    for (let at = 0; at < weights.length; at++)
      Z.data[(at % X.rows) * count + Math.floor(at / X.rows)] = weights[at] * values[Math.floor(at / X.rows)];
    const fitted: Model = { columns: X.columns, gamma, rows: X.data.slice(), weights, offsets, eigenvalues: values };
    return { fitted, Z };
  } finally {
    kernel.close();
  }
}

function fitByLandmarks(X: Matrix, gamma: number, params: Params, context: FitContext) {
  const { n_components, n_landmarks, seed } = params;
  const landmarks = chooseLandmarks(X, n_landmarks, gamma, seed, context);
  context.progress?.(0.2);
  const size = landmarks.rows.rows;
  const near = productByRows(X, landmarks.rows, context, { gamma });
  const { means, gram } = centeredGram(near, { ...context, progress: () => {} });
  context.progress?.(0.6);
  const root = { rows: size, columns: size, data: landmarks.root };
  const half = productByRows(root, { rows: size, columns: size, data: gram }, context);
  const covariance = productByRows(half, root, context).data;
  const { values, vectors } = symmetricEigen(covariance, size);
  const count = Math.min(n_components, size);
  const kept = { rows: count, columns: size, data: vectors.data.slice(0, count * size) };
  const weights = productByRows(kept, root, context);
  fixSigns(weights);
  const offsets = productByRows(weights, { rows: 1, columns: size, data: means }, context).data;
  const fitted: Model = {
    columns: X.columns,
    gamma,
    rows: landmarks.rows.data,
    weights: weights.data.map((weight, at) => (values[Math.floor(at / size)] > NOTHING * values[0] ? weight : 0)),
    offsets,
    eigenvalues: values.slice(0, count),
  };
  const approximation: Approximation = {
    text: `Rows were compared with ${size} landmarks, not with one another (Nystroem).`,
    error: affinityError(landmarks, X, seed, context),
    measure: 'relative error of affinities (Frobenius norm)',
    rows: Math.min(ERROR_ROWS, X.rows),
  };
  return { fitted, approximation };
}

/**
 * Kernel PCA with the rbf kernel (Schoelkopf, Smola and Mueller 1998): exact by the greatest eigenvalues of all pairs' affinities up to
 * `exact_rows`, beyond by Nystroem's landmarks. Signs as in scikit-learn where exact.
 */
export const kernelPca = defineReducer({
  name: 'kernelPca',
  kind: 'reducer',
  title: 'Kernel PCA',
  params,
  modelVersion: 1,
  model,
  memory(rows, columns, { n_components, exact_rows, n_landmarks }) {
    const all = rows * 8 * n_components;
    // The search of eigenvectors keeps a space of vectors and their images.
    if (rows <= exact_rows)
      return (
        rbfMemory(rows, columns) + 8 * rows * 2 * Math.max(160, 3 * n_components + 16) + all + uncollectedBytes(rows)
      );
    const compared = Math.min(rows, n_landmarks);
    // Affinities as they are, centred, and on their way in and out of the kernels.
    const near = 4 * 8 * rows * compared + uncollectedBytes(rows) + productMemory(rows, columns, compared);
    return near + gramMemory(rows, compared) + 8 * 6 * compared * compared + all;
  },
  fit(X, params, context) {
    checkMatrix(X, 2);
    const gamma = params.gamma || 1 / X.columns;
    if (X.rows <= params.exact_rows) {
      const { fitted, Z } = fitExact(X, gamma, params, context);
      return { model: fitted, Z, approximations: [] };
    }
    const { fitted, approximation } = fitByLandmarks(X, gamma, params, context);
    return { model: fitted, Z: transform(fitted, X, context), approximations: [approximation] };
  },
  transform,
});
