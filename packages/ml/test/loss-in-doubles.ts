import type { Matrix } from '../src/matrix.ts';
import type { NetworkShape } from '../src/neural/network-memory.ts';

const BENDS = {
  linear: (x: number) => x,
  relu: (x: number) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
};

/** Mean squared error of the rows that a network gives back, by the definition and in f64. */
export function lossInDoubles(
  { widths, codeLayer, activation }: NetworkShape,
  weights: Float64Array,
  X: Matrix,
): number {
  let squares = 0;
  for (let row = 0; row < X.rows; row++) {
    const given = [...X.data.subarray(row * X.columns, (row + 1) * X.columns)];
    let values = given;
    let at = 0;
    for (let layer = 0; layer < widths.length - 1; layer++) {
      const width = widths[layer + 1];
      const isPlain = layer === codeLayer || layer === widths.length - 2;
      const from = at;
      const before = values;
      values = Array.from({ length: width }, (_, j) => {
        const sum = before.reduce((all, value, i) => all + value * weights[from + i * width + j], 0);
        return BENDS[isPlain ? 'linear' : activation](sum + weights[from + before.length * width + j]);
      });
      at += (before.length + 1) * width;
    }
    values.forEach((value, column) => {
      squares += (value - given[column]) ** 2;
    });
  }
  return squares / (X.rows * X.columns);
}
