import { MlError } from '../errors.ts';

/** A table of numbers by column: what the tree learners read. A missing value is NaN. */
export interface Columns {
  readonly rows: number;
  /** One array of `rows` values per feature. */
  readonly columns: readonly Float32Array[];
  readonly names: readonly string[];
}

/** Throws SHAPE_MISMATCH unless every column has a name and as many values as the table has rows. */
export function checkColumns(X: Columns): void {
  if (X.columns.length !== X.names.length) {
    throw new MlError('SHAPE_MISMATCH', `${X.columns.length} columns but ${X.names.length} names`);
  }
  const odd = X.columns.findIndex((column) => column.length !== X.rows);
  if (odd >= 0) {
    throw new MlError('SHAPE_MISMATCH', `column ${X.names[odd]} has ${X.columns[odd].length} values, not ${X.rows}`);
  }
}

/** The same values with one row after the other. */
export function toRowMajor(X: Columns): Float32Array {
  const width = X.columns.length;
  const rows = new Float32Array(X.rows * width);
  X.columns.forEach((column, f) => {
    for (let row = 0, at = f; row < X.rows; row++, at += width) rows[at] = column[row];
  });
  return rows;
}
