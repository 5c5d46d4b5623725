import type { Neighbors } from '../neighbors/nearest-neighbors.ts';
import { graphOf, type SparseGraph, symmetrized } from './sparse-graph.ts';

const STEPS = 64;
const TOLERANCE = 1e-5;
/** Least bandwidth by the mean distance: rows in a crowd of equal ones keep some. */
const LEAST_SCALE = 1e-3;

/**
 * How strongly each row is tied to its neighbours (McInnes, Healy and Melville 2018, algorithm 3): exp(-(d - rho) / sigma), rho the
 * distance of the nearest other row, sigma such that the ties add up to log2(k), the row itself counted in k.
 * @param connectivity how many neighbours are tied in full, 1 in UMAP; 0 takes rho as 0, for rows that were not fitted.
 */
export function memberships({ k, distances }: Neighbors, rows: number, connectivity: 0 | 1): Float64Array {
  const weights = new Float64Array(distances.length);
  const target = Math.log2(connectivity ? k + 1 : k);
  const meanOfAll = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
  for (let row = 0; row < rows; row++) {
    const own = distances.subarray(row * k, (row + 1) * k);
    const rho = connectivity ? (own.find((distance) => distance > 0) ?? 0) : 0;
    // The first distance of a fitted row is its own, 0; of a new one the first is skipped as umap-learn does.
    const sigma = bandwidth(connectivity ? own : own.subarray(1), rho, target);
    const mean = own.reduce((sum, distance) => sum + distance, 0) / (connectivity ? k + 1 : k);
    const least = LEAST_SCALE * (rho > 0 ? mean : meanOfAll);
    const scale = Math.max(sigma, least);
    for (let at = 0; at < k; at++) {
      const beyond = own[at] - rho;
      weights[row * k + at] = beyond <= 0 || scale === 0 ? 1 : Math.exp(-beyond / scale);
    }
  }
  return weights;
}

function bandwidth(distances: Float64Array, rho: number, target: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let middle = 1;
  for (let step = 0; step < STEPS; step++) {
    let sum = 0;
    for (let at = 0; at < distances.length; at++) {
      const beyond = distances[at] - rho;
      sum += beyond > 0 ? Math.exp(-beyond / middle) : 1;
    }
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) {
      high = middle;
      middle = (low + high) / 2;
    } else {
      low = middle;
      middle = high === Number.POSITIVE_INFINITY ? middle * 2 : (low + high) / 2;
    }
  }
  return middle;
}

/** The fuzzy union of both directions' ties, a + b - ab. */
export const fuzzyGraph = (neighbors: Neighbors, rows: number): SparseGraph =>
  symmetrized(graphOf(rows, neighbors.k, neighbors.indices, memberships(neighbors, rows, 1)), (a, b) => a + b - a * b);
