import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';

/**
 * Distance of each row to its `min_samples`-th nearest row, itself counted.
 * @throws MlError BAD_PARAMETER where there are fewer rows.
 */
export function coreDistances(X: Matrix, min_samples: number, context: FitContext): Float64Array {
  if (min_samples > X.rows) throw new MlError('BAD_PARAMETER', `min_samples is ${min_samples}, of ${X.rows} rows`);
  const { distances } = nearestNeighbors(X, min_samples, context, { includeSelf: true });
  return Float64Array.from({ length: X.rows }, (_, row) => distances[(row + 1) * min_samples - 1]);
}

/** A context whose progress goes over a part of the whole's. */
export const partOf = ({ threads, progress }: FitContext, from: number, to: number): FitContext => ({
  ...(threads && { threads }),
  ...(progress && { progress: (done: number) => progress(from + done * (to - from)) }),
});
