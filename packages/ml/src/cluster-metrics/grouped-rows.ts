import { clusterCount } from '../clustering/labels.ts';
import { MlError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';

/** Rows by cluster, without noise. */
export interface GroupedRows {
  readonly clusters: number;
  readonly rows: number;
  readonly sizes: Float64Array;
  /** clusters x columns. */
  readonly means: Float64Array;
}

export function groupRows(X: Matrix, labels: Int32Array): GroupedRows {
  if (labels.length !== X.rows) throw new MlError('SHAPE_MISMATCH', `${X.rows} rows, ${labels.length} labels`);
  const clusters = clusterCount(labels);
  const { columns, data } = X;
  const sizes = new Float64Array(clusters);
  const means = new Float64Array(clusters * columns);
  let rows = 0;
  labels.forEach((label, row) => {
    if (label < 0) return;
    rows++;
    sizes[label]++;
    for (let c = 0; c < columns; c++) means[label * columns + c] += data[row * columns + c];
  });
  for (let at = 0; at < means.length; at++) means[at] /= sizes[Math.floor(at / columns)];
  return { clusters, rows, sizes, means };
}

/** Squared distance of each row to the mean of its cluster; 0 of noise. */
export function squaresToMeans(X: Matrix, labels: Int32Array, means: Float64Array): Float64Array {
  const { columns, data } = X;
  return Float64Array.from(labels, (label, row) => {
    let sum = 0;
    if (label >= 0)
      for (let c = 0; c < columns; c++) sum += (data[row * columns + c] - means[label * columns + c]) ** 2;
    return sum;
  });
}
