import type { Matrix } from '../matrix.ts';

/** Rows in blocks of near ones, each block padded to a multiple of eight places. */
export interface RowBlocks {
  /** Row at each place, -1 for padding. */
  readonly ids: Int32Array;
  /** First place of each block, and last the end. */
  readonly starts: Int32Array;
}

export const BLOCK_ROWS = 128;

/** Most places and blocks that `blocksOf` makes of so many rows. */
export const mostBlocks = (rows: number): number => 2 * Math.ceil(rows / BLOCK_ROWS) + 1;
export const mostPlaces = (rows: number): number => rows + 8 * mostBlocks(rows);

/**
 * Halves the rows at the median of the column where they spread widest, again and again down to BLOCK_ROWS (a k-d tree's
 * leaves, Bentley 1975). The same rows give the same blocks.
 */
export function blocksOf(X: Matrix): RowBlocks {
  const order = Int32Array.from({ length: X.rows }, (_, row) => row);
  const ids = new Int32Array(mostPlaces(X.rows)).fill(-1);
  const starts = [0];
  let places = 0;
  const open: (readonly [number, number])[] = [[0, X.rows]];
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part;
    if (to - from > BLOCK_ROWS) {
      // The left part is of whole blocks, so that few blocks are small.
      const left = BLOCK_ROWS * Math.ceil((to - from) / (2 * BLOCK_ROWS));
      select(X, order, from, to, from + left, widestColumn(X, order, from, to));
      open.push([from + left, to], [from, from + left]);
    } else {
      ids.set(order.subarray(from, to), places);
      places += Math.ceil((to - from) / 8) * 8;
      starts.push(places);
    }
  }
  return { ids: ids.slice(0, places), starts: Int32Array.from(starts) };
}

function widestColumn({ data, columns }: Matrix, order: Int32Array, from: number, to: number): number {
  const low = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (let at = from; at < to; at++) {
    const row = order[at] * columns;
    for (let c = 0; c < columns; c++) {
      const value = data[row + c];
      if (value < low[c]) low[c] = value;
      if (value > high[c]) high[c] = value;
    }
  }
  let widest = 0;
  for (let c = 1; c < columns; c++) if (high[c] - low[c] > high[widest] - low[widest]) widest = c;
  return widest;
}

/** Orders [from, to) so that places before `middle` hold values of the column up to those from it on (Hoare's selection). */
function select(X: Matrix, order: Int32Array, from: number, to: number, middle: number, column: number): void {
  const { data, columns } = X;
  let left = from;
  let right = to - 1;
  while (left < right) {
    const pivot = data[order[(left + right) >> 1] * columns + column];
    let low = left;
    let high = right;
    while (low <= high) {
      while (data[order[low] * columns + column] < pivot) low++;
      while (data[order[high] * columns + column] > pivot) high--;
      if (low > high) break;
      const kept = order[low];
      order[low++] = order[high];
      order[high--] = kept;
    }
    if (middle <= high) right = high;
    else if (middle >= low) left = low;
    else return;
  }
}
