import type { Random } from '../random.ts';
import type { KMeansKernel } from './k-means-kernel.ts';

/** Candidates for each centre, as scikit-learn has it. */
export const seedTrials = (k: number): number => 2 + Math.floor(Math.log(k));

/**
 * Rows to start from: each next one drawn in proportion to its squared distance from the nearest so far, the best of a few
 * candidates (greedy k-means++, Arthur and Vassilvitskii 2007, as scikit-learn does it).
 */
export function kMeansPlusPlus(kernel: KMeansKernel, random: Random): Float64Array {
  const { k, columns, rows } = kernel;
  const centres = new Float64Array(k * columns);
  const trials = seedTrials(k);
  const first = random.below(rows);
  centres.set(kernel.row(first));
  let closest = 0;
  kernel.distances(closest).fill(Number.POSITIVE_INFINITY);
  let potential = kernel.nearer(first, closest, closest);
  const sums = new Float64Array(rows);
  for (let c = 1; c < k; c++) {
    const distances = kernel.distances(closest);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      sum += distances[row];
      sums[row] = sum;
    }
    let best = { potential: Number.POSITIVE_INFINITY, row: 0, slot: closest };
    let free = closest === 0 ? 1 : 0;
    for (let trial = 0; trial < trials; trial++) {
      const row = firstReaching(sums, random.uniform() * potential);
      const reached = kernel.nearer(row, closest, free);
      if (reached >= best.potential) continue;
      const spare = best.slot === closest ? nextSlot(free, closest) : best.slot;
      best = { potential: reached, row, slot: free };
      free = spare;
    }
    centres.set(kernel.row(best.row), c * columns);
    closest = best.slot;
    potential = best.potential;
  }
  return centres;
}

/** Of the three slots 0, 1, 2 the one that is neither. */
const nextSlot = (a: number, b: number): number => 3 - a - b;

/** The first place whose running sum reaches the amount. */
function firstReaching(sums: Float64Array, amount: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] >= amount) high = middle;
    else low = middle + 1;
  }
  return low;
}
