/** Sparse rows of (item, weight): what users did with items. `offsets` has rows + 1 entries; items of a row are ascending. */
export interface Interactions {
  readonly rows: number;
  readonly items: number;
  readonly offsets: Int32Array;
  readonly item: Int32Array;
  readonly weight: Float32Array;
}

/** The same interactions seen from the items: rows become items. Order within a row is ascending, so sums are reproducible. */
export function transpose(matrix: Interactions): Interactions {
  const offsets = new Int32Array(matrix.items + 1);
  for (let at = 0; at < matrix.item.length; at++) offsets[matrix.item[at] + 1]++;
  for (let item = 0; item < matrix.items; item++) offsets[item + 1] += offsets[item];
  const next = offsets.slice(0, matrix.items);
  const item = new Int32Array(matrix.item.length);
  const weight = new Float32Array(matrix.item.length);
  for (let row = 0; row < matrix.rows; row++) {
    for (let at = matrix.offsets[row]; at < matrix.offsets[row + 1]; at++) {
      const to = next[matrix.item[at]]++;
      item[to] = row;
      weight[to] = matrix.weight[at];
    }
  }
  return { rows: matrix.items, items: matrix.rows, offsets, item, weight };
}
