/** A sparse square or rectangular matrix by rows: entries of row r stand at offsets[r]..offsets[r + 1], by ascending column. */
export interface SparseGraph {
  readonly rows: number;
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Entries given k to a row, those of weight 0 left out, each row by ascending column. */
export function graphOf(rows: number, k: number, indices: Int32Array, weights: Float64Array): SparseGraph {
  const offsets = new Int32Array(rows + 1);
  const columns = new Int32Array(rows * k);
  const values = new Float64Array(rows * k);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * k;
    const order = Array.from({ length: k }, (_, at) => from + at).sort((a, b) => indices[a] - indices[b]);
    for (const at of order) {
      if (weights[at] === 0) continue;
      columns[end] = indices[at];
      values[end++] = weights[at];
    }
    offsets[row + 1] = end;
  }
  return { rows, offsets, columns: columns.slice(0, end), values: values.slice(0, end) };
}

/** Of a square matrix. */
export function transpose({ rows, offsets, columns, values }: SparseGraph): SparseGraph {
  const starts = new Int32Array(rows + 1);
  for (const column of columns) starts[column + 1]++;
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  const next = starts.slice();
  const turned = new Int32Array(columns.length);
  const turnedValues = new Float64Array(columns.length);
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const to = next[columns[at]]++;
      turned[to] = row;
      turnedValues[to] = values[at];
    }
  }
  return { rows, offsets: starts, columns: turned, values: turnedValues };
}

/** Entry by entry `combine(a, b)` of a square matrix and its transpose, 0 where one has none. */
export function symmetrized(A: SparseGraph, combine: (a: number, b: number) => number): SparseGraph {
  const B = transpose(A);
  const offsets = new Int32Array(A.rows + 1);
  const columns = new Int32Array(2 * A.columns.length);
  const values = new Float64Array(2 * A.columns.length);
  let end = 0;
  for (let row = 0; row < A.rows; row++) {
    let a = A.offsets[row];
    let b = B.offsets[row];
    while (a < A.offsets[row + 1] || b < B.offsets[row + 1]) {
      const ofA = a < A.offsets[row + 1] ? A.columns[a] : A.rows;
      const ofB = b < B.offsets[row + 1] ? B.columns[b] : A.rows;
      columns[end] = Math.min(ofA, ofB);
      values[end++] = combine(ofA <= ofB ? A.values[a++] : 0, ofB <= ofA ? B.values[b++] : 0);
    }
    offsets[row + 1] = end;
  }
  return { rows: A.rows, offsets, columns: columns.slice(0, end), values: values.slice(0, end) };
}

/** Without entries below `least`. */
export function pruned({ rows, offsets, columns, values }: SparseGraph, least: number): SparseGraph {
  const kept = new Int32Array(rows + 1);
  const keptColumns = new Int32Array(columns.length);
  const keptValues = new Float64Array(columns.length);
  let end = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      if (values[at] < least) continue;
      keptColumns[end] = columns[at];
      keptValues[end++] = values[at];
    }
    kept[row + 1] = end;
  }
  return { rows, offsets: kept, columns: keptColumns.slice(0, end), values: keptValues.slice(0, end) };
}

/** A number of each row's connected part, 0.. by the part's first row. */
export function connectedParts({ rows, offsets, columns }: SparseGraph): { count: number; part: Int32Array } {
  const part = new Int32Array(rows).fill(-1);
  const open = new Int32Array(rows);
  let count = 0;
  for (let start = 0; start < rows; start++) {
    if (part[start] >= 0) continue;
    let waiting = 0;
    open[waiting++] = start;
    part[start] = count;
    while (waiting > 0) {
      const row = open[--waiting];
      for (let at = offsets[row]; at < offsets[row + 1]; at++) {
        if (part[columns[at]] >= 0) continue;
        part[columns[at]] = count;
        open[waiting++] = columns[at];
      }
    }
    count++;
  }
  return { count, part };
}
