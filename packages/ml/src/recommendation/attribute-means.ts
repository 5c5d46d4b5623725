import type { FirstPurchases } from './first-purchases.ts';

/** Users' worth of "no different from anybody" that the mean of an attribute's value is shrunk by. */
const SHRINKAGE = 30;
const PASSES = 2;

/**
 * The taste to be expected of each user by attributes alone: a sum of one mean vector per attribute, each fitted to what the
 * others leave over (backfitting: Breiman and Friedman, "Estimating optimal transformations for multiple regression and
 * correlation", JASA 1985). Written to `means`, users x (1 + factors) as `users` is; activity has no mean here.
 */
export function attributeMeans(
  { attributes, interactions }: FirstPurchases,
  factors: number,
  users: Float64Array,
  means: Float64Array,
): void {
  const width = factors + 1;
  means.fill(0);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { codes, size } of attributes) {
      const sums = new Float64Array(size * width);
      const counts = new Float64Array(size);
      for (let u = 0; u < interactions.rows; u++) {
        counts[codes[u]]++;
        for (let k = 1; k < width; k++) sums[codes[u] * width + k] += users[u * width + k] - means[u * width + k];
      }
      for (let u = 0; u < interactions.rows; u++) {
        const v = codes[u];
        for (let k = 1; k < width; k++) means[u * width + k] += sums[v * width + k] / (counts[v] + SHRINKAGE);
      }
    }
  }
}
