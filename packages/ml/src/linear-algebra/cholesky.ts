import { MlError } from '../errors.ts';

/**
 * Lower triangular L with L times its transposed being the matrix (size x size, row by row).
 * @throws MlError INVALID_INPUT where it is not positive definite.
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= lower[i * size + k] * lower[j * size + k];
      if (i !== j) lower[i * size + j] = sum / lower[j * size + j];
      else if (sum > 0) lower[i * size + i] = Math.sqrt(sum);
      else throw new MlError('INVALID_INPUT', 'a covariance is not positive definite');
    }
  }
  return lower;
}

/** The inverse of a lower triangular matrix, lower triangular too. */
export function invertLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    inverse[column * size + column] = 1 / lower[column * size + column];
    for (let row = column + 1; row < size; row++) {
      let sum = 0;
      for (let k = column; k < row; k++) sum -= lower[row * size + k] * inverse[k * size + column];
      inverse[row * size + column] = sum / lower[row * size + row];
    }
  }
  return inverse;
}

/** The inverse of a positive definite matrix. @throws MlError INVALID_INPUT where it is not. */
export function invertPositive(matrix: Float64Array, size: number): Float64Array {
  const half = invertLower(cholesky(matrix, size), size);
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = Math.max(i, j); k < size; k++) inverse[i * size + j] += half[k * size + i] * half[k * size + j];
    }
  }
  return inverse;
}
