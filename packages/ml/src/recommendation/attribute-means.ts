import type { FirstPurchases } from './first-purchases.ts';

/** Users' worth of "no different from anybody" that the mean of an attribute's value is shrunk by. */
const SHRINKAGE = 30;
const PASSES = 2;

export interface AttributeMeans {
  /** The vector to be expected of each user, users x (1 + factors). */
  readonly means: Float64Array;
  /** What each value of an attribute adds to it, by attribute: values x (1 + factors). */
  readonly effects: readonly Float64Array[];
}

/**
 * The vector to be expected of each user before any purchase is seen, users x (1 + factors) as `users` are. Activity: its mean
 * over all users. Taste: a sum of one mean vector per attribute, each fitted to what the others leave over (backfitting: Breiman
 * and Friedman, "Estimating optimal transformations for multiple regression and correlation", JASA 1985).
 */
export function attributeMeans({ attributes, interactions }: FirstPurchases, users: Float64Array): AttributeMeans {
  const { rows } = interactions;
  const width = users.length / Math.max(rows, 1);
  const means = new Float64Array(users.length);
  const effects = attributes.map(({ size }) => new Float64Array(size * width));
  for (let pass = 0; pass < PASSES; pass++) {
    attributes.forEach(({ codes, size }, at) => {
      const sums = new Float64Array(size * width);
      const counts = new Float64Array(size);
      for (let u = 0; u < rows; u++) {
        counts[codes[u]]++;
        for (let k = 1; k < width; k++) sums[codes[u] * width + k] += users[u * width + k] - means[u * width + k];
      }
      for (let v = 0; v < size; v++) {
        for (let k = 1; k < width; k++) {
          sums[v * width + k] /= counts[v] + SHRINKAGE;
          effects[at][v * width + k] += sums[v * width + k];
        }
      }
      for (let u = 0; u < rows; u++) {
        for (let k = 1; k < width; k++) means[u * width + k] += sums[codes[u] * width + k];
      }
    });
  }
  let activity = 0;
  for (let u = 0; u < rows; u++) activity += users[u * width];
  for (let u = 0; u < rows; u++) means[u * width] = activity / rows;
  return { means, effects };
}
