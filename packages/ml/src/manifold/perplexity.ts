import type { Neighbors } from '../neighbors/nearest-neighbors.ts';
import { graphOf, type SparseGraph, symmetrized } from './sparse-graph.ts';

const STEPS = 100;
const TOLERANCE = 1e-5;

/**
 * How near each row takes its neighbours to be (van der Maaten and Hinton 2008): Gaussians of the distances, by row of a width such
 * that the entropy is log(perplexity).
 */
export function conditionals({ k, distances }: Neighbors, rows: number, perplexity: number): Float64Array {
  const weights = new Float64Array(rows * k);
  const wanted = Math.log(perplexity);
  const squares = new Float64Array(k);
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < k; at++) squares[at] = distances[row * k + at] ** 2 - distances[row * k] ** 2;
    let beta = 1;
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    const own = weights.subarray(row * k, (row + 1) * k);
    for (let step = 0; step < STEPS; step++) {
      let sum = 0;
      let moment = 0;
      for (let at = 0; at < k; at++) {
        const weight = Math.exp(-squares[at] * beta);
        own[at] = weight;
        sum += weight;
        moment += weight * squares[at];
      }
      for (let at = 0; at < k; at++) own[at] /= sum;
      const beyond = Math.log(sum) + (beta * moment) / sum - wanted;
      if (Math.abs(beyond) <= TOLERANCE) break;
      if (beyond > 0) {
        low = beta;
        beta = high === Number.POSITIVE_INFINITY ? beta * 2 : (beta + high) / 2;
      } else {
        high = beta;
        beta = (beta + low) / 2;
      }
    }
  }
  return weights;
}

/** Both directions' means, adding up to 1. */
export function jointProbabilities(neighbors: Neighbors, rows: number, perplexity: number): SparseGraph {
  const P = graphOf(rows, neighbors.k, neighbors.indices, conditionals(neighbors, rows, perplexity));
  return symmetrized(P, (a, b) => (a + b) / (2 * rows));
}
