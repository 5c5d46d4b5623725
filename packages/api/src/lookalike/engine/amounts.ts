/** Amounts of purchases in logs: what is usual at a brand, and how far single purchases are from what is usual. */
import type { World } from './world.ts';

type Amounts = Pick<World, 'transactions' | 'amountLevels'>;

/** Log of the middle of each bucket, given their lower ends: half-way to the next one, in logs. */
export function logAmounts(levels: Float64Array): Float64Array {
  const logs = Array.from(levels, (value) => Math.log1p(Math.max(0, value)));
  return Float64Array.from(logs, (low, at) => (low + (logs[at + 1] ?? low + (at > 0 ? low - logs[at - 1] : 0))) / 2);
}

/** Mean log amount by brand before the day; NaN where unknown. */
export function brandAmounts(world: World, day: number): Float32Array {
  const { day: days, brand, level } = world.transactions;
  const levels = logAmounts(world.amountLevels);
  const sums = new Float64Array(world.brandIds.length);
  const counts = new Float64Array(world.brandIds.length);
  for (let at = 0; at < brand.length; at++) {
    if (days[at] >= day || brand[at] < 0 || level[at] === 255) continue;
    sums[brand[at]] += levels[level[at]];
    counts[brand[at]]++;
  }
  return Float32Array.from(sums, (sum, b) => sum / counts[b]);
}

/** The spread that is believed before any amount is seen, and how many amounts that counts for. */
const USUAL_SPREAD = 0.5;
const PRIOR_AMOUNTS = 100;
/** Where amounts hardly differ at all, their buckets still do. */
const SMALLEST_SPREAD = 0.05;
/** Deviations are counted in steps of this width, up to the largest. */
const STEP = 0.01;
const LARGEST = 5;

/** Standard deviation of a normal variable over the median of its distance from the mean. */
const DEVIATIONS_OF_MEDIAN = 1.4826;

/**
 * Standard deviation of log amounts about what is usual for the user at the brand, from the median of their distances: it does not
 * mind the odd absurd amount (Hampel, "The influence curve and its role in robust estimation", JASA 1974).
 * @param deviation by how much each user's log amounts usually exceed those of others at the same brands.
 */
export function amountSpread(world: Amounts, day: number, brandAmount: Float32Array, deviation: Float32Array): number {
  const { offsets, day: days, brand, level } = world.transactions;
  const levels = logAmounts(world.amountLevels);
  const counts = new Float64Array(LARGEST / STEP);
  let total = 0;
  for (let u = 0; u < offsets.length - 1; u++) {
    for (let at = offsets[u]; at < offsets[u + 1] && days[at] < day; at++) {
      if (brand[at] < 0 || level[at] === 255) continue;
      const distance = Math.abs(levels[level[at]] - brandAmount[brand[at]] - deviation[u]);
      counts[Math.min(Math.floor(distance / STEP), counts.length - 1)]++;
      total++;
    }
  }
  let below = 0;
  let step = 0;
  while (step < counts.length && below + counts[step] < total / 2) below += counts[step++];
  const median = step < counts.length && total > 0 ? STEP * (step + (total / 2 - below) / counts[step]) : 0;
  const spread = (total * DEVIATIONS_OF_MEDIAN * median + PRIOR_AMOUNTS * USUAL_SPREAD) / (total + PRIOR_AMOUNTS);
  return Math.max(spread, SMALLEST_SPREAD);
}
