import type { FitContext } from '../estimator.ts';
import type { SymmetricProduct } from '../linear-algebra/top-eigen.ts';
import type { Matrix } from '../matrix.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';

/** Which rows are near which: of each row, the places from `offsets`. Symmetric, without rows themselves. */
export interface NeighborGraph {
  readonly offsets: Int32Array;
  readonly places: Int32Array;
  /** 1 where each is among the other's nearest, 1/2 where only one is. */
  readonly affinities: Float64Array;
}

/** As scikit-learn's: the mean of "is among the nearest" both ways; a row counts as its own first neighbour. */
export function neighborGraph(X: Matrix, n_neighbors: number, context: FitContext): NeighborGraph {
  const k = Math.min(n_neighbors, X.rows);
  const { indices } = nearestNeighbors(X, k, context, { includeSelf: true });
  const nearest = Array.from({ length: X.rows }, () => new Map<number, number>());
  for (let row = 0; row < X.rows; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = indices[at];
      if (other === row) continue;
      nearest[row].set(other, (nearest[row].get(other) ?? 0) + 0.5);
      nearest[other].set(row, (nearest[other].get(row) ?? 0) + 0.5);
    }
  }
  const offsets = new Int32Array(X.rows + 1);
  nearest.forEach((own, row) => {
    offsets[row + 1] = offsets[row] + own.size;
  });
  const places = new Int32Array(offsets[X.rows]);
  const affinities = new Float64Array(places.length);
  nearest.forEach((own, row) => {
    let at = offsets[row];
    for (const [other, affinity] of [...own].sort(([a], [b]) => a - b)) {
      places[at] = other;
      affinities[at++] = affinity;
    }
  });
  return { offsets, places, affinities };
}

export function degreesOf({ offsets, affinities }: NeighborGraph): Float64Array {
  const degrees = new Float64Array(offsets.length - 1);
  for (let row = 0; row < degrees.length; row++)
    for (let at = offsets[row]; at < offsets[row + 1]; at++) degrees[row] += affinities[at];
  return degrees;
}

/** Affinities, each divided by the roots of both rows' degrees, times vectors. */
export function normalisedProduct(
  { offsets, places, affinities }: NeighborGraph,
  roots: Float64Array,
): SymmetricProduct {
  const n = roots.length;
  const scaled = new Float64Array(affinities.length);
  for (let row = 0; row < n; row++)
    for (let at = offsets[row]; at < offsets[row + 1]; at++)
      scaled[at] = affinities[at] / (roots[row] * roots[places[at]]);
  return (V, count) => {
    const result = new Float64Array(V.length);
    for (let from = 0; from < count * n; from += n) {
      for (let row = 0; row < n; row++) {
        let sum = 0;
        for (let at = offsets[row]; at < offsets[row + 1]; at++) sum += scaled[at] * V[from + places[at]];
        result[from + row] = sum;
      }
    }
    return result;
  };
}
