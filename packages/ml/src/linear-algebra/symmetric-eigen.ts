import { EigenvalueDecomposition, Matrix as MlMatrix } from 'ml-matrix';
import type { Matrix } from '../matrix.ts';

export interface Eigenpairs {
  /** Descending. */
  readonly values: Float64Array;
  /** A vector in each row, of length 1. */
  readonly vectors: Matrix;
}

/** All eigenpairs of a symmetric matrix of some hundred rows at the most (Householder and QL, of ml-matrix). */
export function symmetricEigen(matrix: Float64Array, size: number): Eigenpairs {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(MlMatrix.from1DArray(size, size, matrix), {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, at) => at).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    for (let at = 0; at < size; at++) vectors[to * size + at] = eigenvectorMatrix.get(at, from);
  });
  return {
    values: Float64Array.from(order, (at) => realEigenvalues[at]),
    vectors: { rows: size, columns: size, data: vectors },
  };
}

/** Turns each row so that its entry of the greatest size is positive: a vector's sign is otherwise left to chance. */
export function fixSigns({ rows, columns, data }: Matrix): void {
  for (let row = 0; row < rows; row++) {
    const vector = data.subarray(row * columns, (row + 1) * columns);
    let most = 0;
    for (const entry of vector) if (Math.abs(entry) > Math.abs(most)) most = entry;
    if (most < 0) for (let at = 0; at < columns; at++) vector[at] = -vector[at];
  }
}
