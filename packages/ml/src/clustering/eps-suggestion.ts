import type { FitContext } from '../estimator.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { nearestNeighbors, neighborsBytes } from '../neighbors/nearest-neighbors.ts';

export interface EpsSuggestion {
  /** At most 1,000 points, evenly taken, ascending: that share of the rows has its k-th neighbour within that distance. */
  readonly curve: readonly { readonly share: number; readonly distance: number }[];
  readonly eps: number;
}

const MOST_POINTS = 1000;

/**
 * The curve of distances to the `min_samples`-th nearest row, itself counted as DBSCAN does, and the eps at its knee: the point
 * farthest below the line between the ends (Satopaa, Albrecht, Irwin and Raghavan 2011, without smoothing).
 */
export function suggestEps(X: Matrix, min_samples: number, context: FitContext): EpsSuggestion {
  checkMatrix(X, 2);
  const k = Math.min(min_samples, X.rows);
  const { distances } = nearestNeighbors(X, k, context, { includeSelf: true });
  const sorted = Float64Array.from({ length: X.rows }, (_, row) => distances[row * k + k - 1]).sort();
  const last = sorted.length - 1;
  let knee = last;
  let most = 0;
  for (let at = 0; at <= last; at++) {
    const below = sorted[0] + ((sorted[last] - sorted[0]) * at) / last - sorted[at];
    if (below <= most) continue;
    most = below;
    knee = at;
  }
  const points = Math.min(MOST_POINTS, sorted.length);
  const curve = Array.from({ length: points }, (_, point) => {
    const at = Math.round((point * last) / Math.max(1, points - 1));
    return { share: (at + 1) / sorted.length, distance: sorted[at] };
  });
  return { curve, eps: sorted[knee] };
}

export const suggestEpsBytes = (rows: number, columns: number, min_samples: number): number =>
  neighborsBytes(rows, columns, min_samples) + rows * 8;
