import type { Matrix } from '../matrix.ts';

/** Rows of a tile: what the kernels take at once. */
export const TILE_ROWS = 8;

export const tilesFor = (rows: number): number => Math.ceil(rows / TILE_ROWS);

/**
 * Writes rows as tiles: value of column c and row 8 t + lane at 8 (t columns + c) + lane. `order` names the row of each place (-1:
 * `absent` in every column); without it, rows as they stand.
 */
export function packTiles(X: Matrix, offset: Float64Array, into: Float64Array, order?: Int32Array, absent = 0): void {
  const { columns, data } = X;
  const places = order?.length ?? X.rows;
  const whole = order ? 0 : X.rows - (X.rows % TILE_ROWS);
  // The usual case written from front to back.
  for (let first = 0, to = 0; first < whole; first += TILE_ROWS) {
    for (let c = 0; c < columns; c++) {
      const mean = offset[c];
      for (let lane = 0, from = first * columns + c; lane < TILE_ROWS; lane++, from += columns)
        into[to++] = data[from] - mean;
    }
  }
  for (let place = whole; place < places; place++) {
    const row = order ? order[place] : place;
    let to = (place >> 3) * columns * TILE_ROWS + (place & 7);
    const from = row * columns;
    for (let c = 0; c < columns; c++, to += TILE_ROWS) into[to] = row < 0 ? absent : data[from + c] - offset[c];
  }
}
