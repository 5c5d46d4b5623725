import type { FitContext } from '../estimator.ts';
import { productByRows } from '../linear-algebra/product.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import { Random } from '../random.ts';

/** Different rows by chance, in their order. */
export function sampleRows(X: Matrix, count: number, seed: number, stream = 0): Matrix {
  const order = new Random(seed, stream).shuffle(Int32Array.from({ length: X.rows }, (_, at) => at));
  return takeRows(X, order.subarray(0, Math.min(count, X.rows)).sort());
}

/**
 * Nystroem's approximation (Williams and Seeger 2001): affinities between any rows by way of some of them.
 */
export interface Landmarks {
  readonly rows: Matrix;
  readonly gamma: number;
  /** The inverse root of the landmarks' own affinities, symmetric. Affinities to landmarks times it are coordinates. */
  readonly root: Float64Array;
}

export function chooseLandmarks(X: Matrix, count: number, gamma: number, seed: number, context: FitContext): Landmarks {
  const rows = sampleRows(X, count, seed, 3);
  const size = rows.rows;
  const { values, vectors } = symmetricEigen(productByRows(rows, rows, context, { gamma }).data, size);
  const root = new Float64Array(size * size);
  for (let pair = 0; pair < size; pair++) {
    // Landmarks that are nearly the same leave eigenvalues of mere rounding.
    if (values[pair] <= 1e-10 * values[0]) break;
    const by = 1 / Math.sqrt(values[pair]);
    for (let i = 0; i < size; i++) {
      const left = by * vectors.data[pair * size + i];
      for (let j = 0; j < size; j++) root[i * size + j] += left * vectors.data[pair * size + j];
    }
  }
  return { rows, gamma, root };
}

/** Rows of a sample on which the error is measured. */
export const ERROR_ROWS = 500;

/** How far approximate affinities of sampled rows are from the right ones: Frobenius norm of the differences by that of all. */
export function affinityError({ rows, gamma, root }: Landmarks, X: Matrix, seed: number, context: FitContext): number {
  const sample = sampleRows(X, ERROR_ROWS, seed, 4);
  const exact = productByRows(sample, sample, context, { gamma }).data;
  const size = rows.rows;
  const coordinates = productByRows(
    productByRows(sample, rows, context, { gamma }),
    { rows: size, columns: size, data: root },
    context,
  );
  const near = productByRows(coordinates, coordinates, context).data;
  let [sum, all] = [0, 0];
  for (let at = 0; at < exact.length; at++) {
    sum += (exact[at] - near[at]) ** 2;
    all += exact[at] ** 2;
  }
  return Math.sqrt(sum / all);
}
