import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';
import { Random } from '../random.ts';

export interface Trustworthiness {
  /** 0..1: 1 where all neighbours in the new columns are neighbours in the old ones. */
  readonly value: number;
  /** Rows that were judged, each against all. */
  readonly rows: number;
  /** Whether these are a sample. */
  readonly sampled: boolean;
}

export interface TrustworthinessOptions {
  readonly n_neighbors?: number;
  /** Most rows judged; above it as many are drawn. 1,000 give an error of about .001. */
  readonly mostRows?: number;
  readonly seed?: number;
}

/**
 * Trustworthiness of an embedding (Venna and Kaski 2001), scikit-learn's definition: 1 - 2 / (n k (2n - 3k - 1)) times the sum over
 * rows of how far beyond the k-th place, among a row's neighbours in X, those are that Z puts among its k nearest.
 * @throws MlError SHAPE_MISMATCH where X and Z differ in rows, BAD_PARAMETER unless n_neighbors is below half of the rows.
 */
export function trustworthiness(
  X: Matrix,
  Z: Matrix,
  { n_neighbors: k = 5, mostRows = 1000, seed = 0 }: TrustworthinessOptions,
  context: FitContext,
): Trustworthiness {
  const n = X.rows;
  if (Z.rows !== n) throw new MlError('SHAPE_MISMATCH', `${Z.rows} rows, not ${n}`);
  if (k < 1 || 2 * k >= n)
    throw new MlError('BAD_PARAMETER', `${k} neighbours of ${n} rows: fewer than half are needed`);
  const judged = sampleOf(n, mostRows, seed);
  // One more than wanted: the row itself is among them, or k equal ones are.
  const near = nearestNeighbors(Z, k + 1, context, { queries: takeRows(Z, judged) });
  const squares = new Float64Array(n);
  let beyond = 0;
  judged.forEach((row, at) => {
    for (let other = 0; other < n; other++) squares[other] = square(X, row, other);
    let taken = 0;
    for (const other of near.indices.subarray(at * (k + 1), (at + 1) * (k + 1))) {
      if (other === row || taken === k) continue;
      taken++;
      let rank = 1;
      for (let third = 0; third < n; third++) {
        if (third === row || third === other) continue;
        if (squares[third] < squares[other] || (squares[third] === squares[other] && third < other)) rank++;
      }
      beyond += Math.max(0, rank - k);
    }
    if (at % 64 === 63) context.progress?.((at + 1) / judged.length);
  });
  const value = 1 - (2 * beyond) / (judged.length * k * (2 * n - 3 * k - 1));
  return { value, rows: judged.length, sampled: judged.length < n };
}

function sampleOf(rows: number, most: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return rows <= most ? all : new Random(seed, 37).shuffle(all).slice(0, most).sort();
}

function square({ data, columns }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += (data[a * columns + c] - data[b * columns + c]) ** 2;
  return sum;
}
