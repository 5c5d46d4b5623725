import type { FirstPurchases } from './first-purchases.ts';

/** Users' worth of "no different from anybody" that the mean of an attribute's value is shrunk by. */
const SHRINKAGE = 30;
const PASSES = 2;

/**
 * The vector to be expected of each user before any purchase is seen, users x (1 + factors) as `users` are. Activity: its mean
 * over all users. Taste: a sum of one mean vector per attribute, each fitted to what the others leave over (backfitting: Breiman
 * and Friedman, "Estimating optimal transformations for multiple regression and correlation", JASA 1985).
 */
export function attributeMeans({ attributes, interactions }: FirstPurchases, users: Float64Array): Float64Array {
  const { rows } = interactions;
  const width = users.length / Math.max(rows, 1);
  const means = new Float64Array(users.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (const { codes, size } of attributes) {
      const sums = new Float64Array(size * width);
      const counts = new Float64Array(size);
      for (let u = 0; u < rows; u++) {
        counts[codes[u]]++;
        for (let k = 1; k < width; k++) sums[codes[u] * width + k] += users[u * width + k] - means[u * width + k];
      }
      for (let u = 0; u < rows; u++) {
        const v = codes[u];
        for (let k = 1; k < width; k++) means[u * width + k] += sums[v * width + k] / (counts[v] + SHRINKAGE);
      }
    }
  }
  let activity = 0;
  for (let u = 0; u < rows; u++) activity += users[u * width];
  for (let u = 0; u < rows; u++) means[u * width] = activity / rows;
  return means;
}
