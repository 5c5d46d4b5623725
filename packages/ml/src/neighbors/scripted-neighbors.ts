import type { Matrix } from '../matrix.ts';
import type { Neighbors } from './nearest-neighbors.ts';

/** What the compiled search gives, bit for bit, by looking at every pair; for small data and as the oracle of its test. */
export function scriptedNeighbors(X: Matrix, queries: Matrix, k: number, skipSelf: boolean): Neighbors {
  const indices = new Int32Array(queries.rows * k);
  const distances = new Float64Array(queries.rows * k);
  const squares = new Float64Array(X.rows);
  for (let query = 0; query < queries.rows; query++) {
    for (let row = 0; row < X.rows; row++) {
      let square = 0;
      for (let c = 0; c < X.columns; c++)
        square += (queries.data[query * X.columns + c] - X.data[row * X.columns + c]) ** 2;
      squares[row] = square;
    }
    const order = Array.from({ length: X.rows }, (_, row) => row).filter((row) => !skipSelf || row !== query);
    order.sort((a, b) => squares[a] - squares[b] || a - b);
    for (let at = 0; at < k; at++) {
      indices[query * k + at] = order[at];
      distances[query * k + at] = Math.sqrt(squares[order[at]]);
    }
  }
  return { k, indices, distances };
}
