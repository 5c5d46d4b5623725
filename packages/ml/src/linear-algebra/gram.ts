import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { CenteredRows, centeredBytes } from './centered-rows.ts';

/** Columns' means, summed row by row. */
export function columnMeans(X: Matrix): Float64Array {
  const means = new Float64Array(X.columns);
  for (let at = 0; at < X.data.length; )
    for (let column = 0; column < X.columns; column++) means[column] += X.data[at++];
  return means.map((sum) => sum / X.rows);
}

/** Bytes that `centeredGram` takes. */
export const gramMemory = (rows: number, columns: number): number => centeredBytes(rows, columns, 0);

/** Sums of products of columns, each less its mean: columns x columns, symmetric. Divided by rows it is the covariance. */
export function centeredGram(
  X: Matrix,
  context: FitContext,
): { readonly means: Float64Array; readonly gram: Float64Array } {
  const rows = new CenteredRows(X, 0, context);
  try {
    return { means: rows.means, gram: rows.gram };
  } finally {
    rows.close();
  }
}
