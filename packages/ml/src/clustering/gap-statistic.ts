import { groupRows, squaresToMeans } from '../cluster-metrics/grouped-rows.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import type { Random } from '../random.ts';

export interface Gap {
  readonly gap: number;
  /** Standard deviation over the references, times sqrt(1 + 1 / references). */
  readonly error: number;
}

/** Rows without clusters: each column uniform over the range of the given ones. */
export function uniformLike({ rows, columns, data }: Matrix, random: Random): Matrix {
  const low = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < data.length; at++) {
    low[at % columns] = Math.min(low[at % columns], data[at]);
    high[at % columns] = Math.max(high[at % columns], data[at]);
  }
  const drawn = new Float64Array(data.length);
  for (let at = 0; at < drawn.length; at++)
    drawn[at] = low[at % columns] + random.uniform() * (high[at % columns] - low[at % columns]);
  return { rows, columns, data: drawn };
}

/**
 * How much tighter, in the log of the sum of squares within clusters, the rows cluster than rows without clusters do (Tibshirani, Walther and
 * Hastie 2001).
 * @param cluster labels of a table; asked for the references too.
 */
export function gapStatistic(
  X: Matrix,
  labels: Int32Array,
  cluster: (X: Matrix) => Int32Array,
  references: readonly Matrix[],
  context: FitContext,
): Gap {
  const logs = references.map((reference, at) => {
    context.progress?.(at / references.length);
    return logWithin(reference, cluster(reference));
  });
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
  return { gap: mean - logWithin(X, labels), error: Math.sqrt(variance * (1 + 1 / logs.length)) };
}

function logWithin(X: Matrix, labels: Int32Array): number {
  const { means } = groupRows(X, labels);
  const within = squaresToMeans(X, labels, means).reduce((sum, square) => sum + square, 0);
  return Math.log(Math.max(within, Number.MIN_VALUE));
}
