import { fixSigns, symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import type { Matrix } from '../matrix.ts';
import { zeros } from '../matrix.ts';

/** The first two principal components, scaled so that the first has the standard deviation `deviation`; 0 for want of columns. */
export function principalStart(X: Matrix, deviation: number): Matrix {
  const { rows, columns, data } = X;
  const mean = new Float64Array(columns);
  for (let at = 0; at < data.length; at++) mean[at % columns] += data[at] / rows;
  const covariance = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const own = row * columns;
    for (let a = 0; a < columns; a++) {
      const x = data[own + a] - mean[a];
      for (let b = 0; b < columns; b++) covariance[a * columns + b] += (x * (data[own + b] - mean[b])) / rows;
    }
  }
  const { values, vectors } = symmetricEigen(covariance, columns);
  fixSigns(vectors);
  const by = values[0] > 0 ? deviation / Math.sqrt(values[0]) : 0;
  const Z = zeros(rows, 2);
  for (let row = 0; row < rows; row++) {
    for (let to = 0; to < Math.min(2, columns); to++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += (data[row * columns + c] - mean[c]) * vectors.data[to * columns + c];
      Z.data[2 * row + to] = sum * by;
    }
  }
  return Z;
}
