import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { neighborKernel, searchBytes } from './neighbor-kernel.ts';
import { scriptedNeighbors } from './scripted-neighbors.ts';

export interface Neighbors {
  readonly k: number;
  /** rows x k places of rows of X, the nearest first; of equally near ones the first row first. */
  readonly indices: Int32Array;
  /** rows x k Euclidean distances. */
  readonly distances: Float64Array;
}

export interface NeighborOptions {
  /** Rows to find neighbours of; those of X itself where it is left out. */
  readonly queries?: Matrix;
  /** Without `queries`: whether a row is its own neighbour. */
  readonly includeSelf?: boolean;
}

/**
 * The k nearest rows of X of each row, exactly: by blocks of near rows of which those too far away are left out, scored in
 * f32 on all threads and ranked in f64; a row where rounding could have hidden a neighbour is searched again in f64, so the result is that of
 * comparing all pairs in f64, for any thread count.
 * @throws MlError SHAPE_MISMATCH where the columns differ, BAD_PARAMETER where X has too few rows for k.
 */
export function nearestNeighbors(X: Matrix, k: number, context: FitContext, options: NeighborOptions = {}): Neighbors {
  const queries = options.queries ?? X;
  const skipSelf = !options.queries && !options.includeSelf;
  if (queries.columns !== X.columns)
    throw new MlError('SHAPE_MISMATCH', `${queries.columns} columns, not ${X.columns}`);
  const most = skipSelf ? X.rows - 1 : X.rows;
  if (!Number.isInteger(k) || k < 1 || k > most)
    throw new MlError('BAD_PARAMETER', `${k} neighbours of ${X.rows} rows: from 1 to ${most} can be had`);
  const kernel = neighborKernel(X, queries, k, skipSelf, context);
  if (!kernel) return scriptedNeighbors(X, queries, k, skipSelf);
  try {
    return kernel.search();
  } finally {
    kernel.close();
  }
}

/** Bytes that a search needs at the most, result included. */
export const neighborsBytes = (rows: number, columns: number, k: number, queries = rows): number =>
  searchBytes(rows, columns, k, queries) + queries * k * 12;
