import { MlError } from './errors.ts';

/** A table of numbers, row by row: value of row r and column c is data[r * columns + c]. No NaN where a method does not say so. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` numbers. */
  readonly data: Float64Array;
}

export const zeros = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  data: new Float64Array(rows * columns),
});

/** @throws MlError SHAPE_MISMATCH where the rows differ in length. */
export function matrixOf(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const matrix = zeros(rows.length, columns);
  rows.forEach((row, at) => {
    if (row.length !== columns) throw new MlError('SHAPE_MISMATCH', `row ${at} has ${row.length} of ${columns} values`);
    matrix.data.set(row, at * columns);
  });
  return matrix;
}

/** The rows at those places, in that order. */
export function takeRows(X: Matrix, places: ArrayLike<number>): Matrix {
  const taken = zeros(places.length, X.columns);
  for (let at = 0; at < places.length; at++) {
    const from = places[at] * X.columns;
    taken.data.set(X.data.subarray(from, from + X.columns), at * X.columns);
  }
  return taken;
}

/** @throws MlError SHAPE_MISMATCH, or NOTHING_TO_LEARN without rows or columns. Values are not looked at. */
export function checkShape(X: Matrix, leastRows = 1): void {
  if (X.data.length !== X.rows * X.columns)
    throw new MlError('SHAPE_MISMATCH', `${X.data.length} values are no ${X.rows} x ${X.columns}`);
  if (X.columns === 0) throw new MlError('NOTHING_TO_LEARN', 'there are no columns');
  if (X.rows < leastRows)
    throw new MlError('NOTHING_TO_LEARN', `${X.rows} rows, where at least ${leastRows} are needed`);
}

/** @throws MlError as `checkShape`, and INVALID_INPUT at a value that is not finite. */
export function checkMatrix(X: Matrix, leastRows = 1): void {
  checkShape(X, leastRows);
  // 0 times a finite number is 0, and no other: far faster than to ask of each.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let fours = 0;
  for (; fours + 4 <= X.data.length; fours += 4) {
    s0 += 0 * X.data[fours];
    s1 += 0 * X.data[fours + 1];
    s2 += 0 * X.data[fours + 2];
    s3 += 0 * X.data[fours + 3];
  }
  for (; fours < X.data.length; fours++) s0 += 0 * X.data[fours];
  if (s0 + s1 + s2 + s3 === 0) return;
  for (let at = 0; at < X.data.length; at++) {
    if (Number.isFinite(X.data[at])) continue;
    const row = Math.floor(at / X.columns);
    throw new MlError('INVALID_INPUT', `row ${row}, column ${at % X.columns} is ${X.data[at]}: no finite number`);
  }
}

/**
 * The second half of `checkMatrix` at no cost where the columns' means are known: a value that is not finite leaves its column's
 * mean not finite either.
 */
export function checkByMeans(X: Matrix, means: Float64Array): void {
  if (!means.every(Number.isFinite)) checkMatrix(X);
}

/** The columns at those places, in that order. */
export function takeColumns(X: Matrix, places: ArrayLike<number>): Matrix {
  const taken = zeros(X.rows, places.length);
  for (let row = 0; row < X.rows; row++) {
    for (let at = 0; at < places.length; at++)
      taken.data[row * places.length + at] = X.data[row * X.columns + places[at]];
  }
  return taken;
}
