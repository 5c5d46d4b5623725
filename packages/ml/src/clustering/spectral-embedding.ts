import { affinityError, chooseLandmarks, ERROR_ROWS } from '../decomposition/landmarks.ts';
import { rbfOperator } from '../decomposition/rbf-operator.ts';
import type { Approximation, FitContext } from '../estimator.ts';
import { toFours } from '../linear-algebra/fours.ts';
import { centeredGram } from '../linear-algebra/gram.ts';
import { productByRows } from '../linear-algebra/product.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { topEigenpairs } from '../linear-algebra/top-eigen.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { degreesOf, neighborGraph, normalisedProduct } from './neighbor-graph.ts';

/**
 * Places of rows by the first eigenvectors of the random walk over affinities (Shi and Malik 2000; von Luxburg 2007), and how a new row
 * gets its own: its affinities to `rows` times `weights`, by its affinities times `degrees`.
 */
export interface SpectralEmbedding {
  readonly Z: Matrix;
  readonly rows: Matrix;
  /** A dimension in each row. */
  readonly weights: Float64Array;
  readonly degrees: Float64Array;
  readonly approximations: readonly Approximation[];
}

/** Dimensions of eigenvalues this near to 0 say nothing of rows that were not fitted. */
const NOTHING = 1e-9;

/** Of all pairs of rows. As scikit-learn's, a row's affinity to itself is left out. */
export function exactEmbedding(
  X: Matrix,
  gamma: number,
  dimensions: number,
  seed: number,
  context: FitContext,
): SpectralEmbedding {
  const kernel = rbfOperator(X, gamma, context);
  try {
    const n = X.rows;
    const roots = kernel.sums.map((sum) => (sum - 1 > 0 ? Math.sqrt(sum - 1) : 1));
    const product = (V: Float64Array, count: number) => {
      const scaled = V.map((value, at) => value / roots[at % n]);
      const image = kernel.product(scaled, count);
      for (let at = 0; at < image.length; at++) image[at] = (image[at] - scaled[at]) / roots[at % n];
      return image;
    };
    let turn = 0;
    const { values, vectors } = topEigenpairs(product, n, dimensions, {
      // As many components that nothing ties together are as many eigenvalues of 1.
      block: toFours(dimensions),
      seed,
      progress: () => context.progress?.(0.8 * (1 - 1 / (1 + turn++ / 10))),
    });
    const Z = zeros(n, dimensions);
    const weights = new Float64Array(dimensions * n);
    for (let dimension = 0; dimension < dimensions; dimension++) {
      for (let row = 0; row < n; row++) {
        const value = vectors.data[dimension * n + row] / roots[row];
        Z.data[row * dimensions + dimension] = value;
        weights[dimension * n + row] = Math.abs(values[dimension]) > NOTHING ? value / values[dimension] : 0;
      }
    }
    return { Z, rows: X, weights, degrees: new Float64Array(n).fill(1), approximations: [] };
  } finally {
    kernel.close();
  }
}

/** Residual at which eigenvectors of a graph are near enough to group rows by, and the effort at which they have to do. */
const GRAPH_TOLERANCE = 1e-5;
const GRAPH_PRODUCTS = 600;

/** Of the graph of nearest neighbours; a new row's place is the mean of its neighbours' (see spectral.ts), so weights are places. */
export function graphEmbedding(
  X: Matrix,
  n_neighbors: number,
  dimensions: number,
  seed: number,
  context: FitContext,
): SpectralEmbedding {
  const graph = neighborGraph(X, n_neighbors, context);
  context.progress?.(0.3);
  const roots = degreesOf(graph).map((degree) => (degree > 0 ? Math.sqrt(degree) : 1));
  let turn = 0;
  const { vectors, residual } = topEigenpairs(normalisedProduct(graph, roots), X.rows, dimensions, {
    tolerance: GRAPH_TOLERANCE,
    mostProducts: GRAPH_PRODUCTS,
    block: toFours(dimensions),
    seed,
    progress: () => context.progress?.(0.3 + 0.5 * (1 - 1 / (1 + turn++ / 10))),
  });
  const weights = vectors.data.map((value, at) => value / roots[at % X.rows]);
  const Z = zeros(X.rows, dimensions);
  for (let at = 0; at < weights.length; at++)
    Z.data[(at % X.rows) * dimensions + Math.floor(at / X.rows)] = weights[at];
  const approximation: Approximation = {
    text: 'The search of eigenvectors was ended before they were exact.',
    error: residual,
    measure: 'length of the largest residual',
    rows: X.rows,
  };
  return {
    Z,
    rows: X,
    weights,
    degrees: new Float64Array(0),
    approximations: residual > GRAPH_TOLERANCE ? [approximation] : [],
  };
}

/** By Nystroem's landmarks (Fowlkes, Belongie, Chung and Malik 2004), in the one-shot form that orthogonalises. */
export function landmarkEmbedding(
  X: Matrix,
  gamma: number,
  dimensions: number,
  count: number,
  seed: number,
  context: FitContext,
): SpectralEmbedding {
  const landmarks = chooseLandmarks(X, count, gamma, seed, context);
  const size = landmarks.rows.rows;
  const root = { rows: size, columns: size, data: landmarks.root };
  const near = productByRows(X, landmarks.rows, context, { gamma });
  context.progress?.(0.3);
  const sums = new Float64Array(size);
  for (let at = 0; at < near.data.length; at++) sums[at % size] += near.data[at];
  // near times degrees is the sum of a row's approximate affinities.
  const half = productByRows({ rows: 1, columns: size, data: sums }, root, context);
  const degrees = productByRows(half, root, context).data;
  const walk = walkDegrees(near, degrees);
  for (let row = 0; row < X.rows; row++) {
    const by = 1 / Math.sqrt(walk[row]);
    for (let at = row * size; at < (row + 1) * size; at++) near.data[at] *= by;
  }
  const { means, gram } = centeredGram(near, { ...context, progress: () => {} });
  context.progress?.(0.6);
  const whole = gram.map((sum, at) => sum + X.rows * means[Math.floor(at / size)] * means[at % size]);
  const left = productByRows(root, { rows: size, columns: size, data: whole }, context);
  const { values, vectors } = symmetricEigen(productByRows(left, root, context).data, size);
  const kept = { rows: dimensions, columns: size, data: vectors.data.slice(0, dimensions * size) };
  const weights = productByRows(kept, root, context).data.map((weight, at) => {
    const value = values[Math.floor(at / size)];
    return value > NOTHING ? weight / Math.sqrt(value) : 0;
  });
  const Z = productByRows(near, { rows: dimensions, columns: size, data: weights }, context);
  for (let row = 0; row < X.rows; row++) {
    const by = 1 / Math.sqrt(walk[row]);
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) Z.data[at] *= by;
  }
  const approximation: Approximation = {
    text: `Rows were compared with ${size} landmarks, not with one another (Nystroem).`,
    error: affinityError(landmarks, X, seed, context),
    measure: 'relative error of affinities (Frobenius norm)',
    rows: Math.min(ERROR_ROWS, X.rows),
  };
  return { Z, rows: landmarks.rows, weights, degrees, approximations: [approximation] };
}

/** Sums of approximate affinities can come out at or below 0 for a row far from all landmarks: it counts as alone. */
function walkDegrees(near: Matrix, degrees: Float64Array): Float64Array {
  const sums = new Float64Array(near.rows);
  for (let row = 0; row < near.rows; row++) {
    let sum = 0;
    for (let at = 0; at < near.columns; at++) sum += near.data[row * near.columns + at] * degrees[at];
    sums[row] = sum > 1e-12 ? sum : 1;
  }
  return sums;
}

/** Places of other rows. */
export function embedRows(
  X: Matrix,
  gamma: number,
  { rows, weights, degrees }: Pick<SpectralEmbedding, 'rows' | 'weights' | 'degrees'>,
  context: FitContext,
): Matrix {
  const near = productByRows(X, rows, context, { gamma });
  const Z = productByRows(near, { rows: weights.length / rows.rows, columns: rows.rows, data: weights }, context);
  const sums = walkDegrees(near, degrees);
  for (let at = 0; at < Z.data.length; at++) Z.data[at] /= sums[Math.floor(at / Z.columns)];
  return Z;
}
