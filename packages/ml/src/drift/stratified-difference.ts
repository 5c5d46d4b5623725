/**
 * Difference of two means within strata. Where offers push now this brand and now that one, a plain mean moves with the mix
 * of brands although nobody behaves otherwise; within a brand it does not.
 */

/** Per stratum: rows, sum and sum of squares of the value. */
export interface StrataSums {
  readonly n: number[];
  readonly sum: number[];
  readonly square: number[];
}

export interface StratifiedDifference {
  /** Mean of the strata's differences, current less reference; NaN where no stratum has rows on both sides. */
  readonly difference: number;
  /** Its variance if all rows were independent. */
  readonly variance: number;
  /** Mean of the reference under the same weights. */
  readonly reference: number;
  readonly current: number;
}

/** Fewer rows than this in a stratum on either side and it does not count. */
const ENOUGH = 5;

/**
 * Strata weigh by n m / (n + m), which gives the common difference its smallest variance (as in Mantel and Haenszel 1959)
 * and keeps a stratum that is large on one side only from counting much.
 */
export function stratifiedDifference(reference: StrataSums, current: StrataSums): StratifiedDifference {
  let weights = 0;
  let before = 0;
  let now = 0;
  let variance = 0;
  for (let k = 0; k < reference.n.length; k++) {
    const n = reference.n[k];
    const m = current.n[k];
    if (n < ENOUGH || m < ENOUGH) continue;
    const weight = (n * m) / (n + m);
    const meanBefore = reference.sum[k] / n;
    const meanNow = current.sum[k] / m;
    const within =
      (reference.square[k] - n * meanBefore * meanBefore + (current.square[k] - m * meanNow * meanNow)) / (n + m - 2);
    weights += weight;
    before += weight * meanBefore;
    now += weight * meanNow;
    // weight^2 (within / n + within / m) is weight * within.
    variance += weight * Math.max(0, within);
  }
  return {
    difference: (now - before) / weights,
    variance: variance / (weights * weights),
    reference: before / weights,
    current: now / weights,
  };
}
