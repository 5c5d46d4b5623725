import type { FirstPurchases } from './first-purchases.ts';

/** Rows' worth of "no slope" that each regression weight is shrunk by. */
const RIDGE = 50;

/**
 * The activity to be expected of each user, written into the first column of `means`. Where covariates are given (how often the
 * user buys anything, say), the log of a user's first purchases to be expected over all items is regressed on them by least
 * squares, and activity is what is left of it after the user's taste; without covariates it is the mean of all.
 * @param totals log of the sum of each user's hazards.
 */
export function activityMeans(
  data: FirstPurchases,
  users: Float64Array,
  totals: Float32Array,
  means: Float64Array,
): void {
  const { rows } = data.interactions;
  const width = means.length / Math.max(rows, 1);
  const covariates = (data.activity ?? []).map(standardised);
  const n = covariates.length + 1;
  const normal = new Float64Array(n * n);
  const right = new Float64Array(n);
  const at = (k: number, u: number) => (k === 0 ? 1 : covariates[k - 1][u]);
  for (let u = 0; u < rows; u++) {
    for (let k = 0; k < n; k++) {
      right[k] += at(k, u) * totals[u];
      for (let l = 0; l <= k; l++) normal[k * n + l] += at(k, u) * at(l, u);
    }
  }
  for (let k = 1; k < n; k++) normal[k * n + k] += RIDGE;
  const weights = solve(normal, right, n);
  for (let u = 0; u < rows; u++) {
    let expected = 0;
    for (let k = 0; k < n; k++) expected += weights[k] * at(k, u);
    means[u * width] = expected - (totals[u] - users[u * width]);
  }
}

/** To mean 0 and deviation 1; an unknown value becomes the mean. */
function standardised(values: Float32Array): Float64Array {
  let count = 0;
  let sum = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value;
  }
  const mean = sum / Math.max(count, 1);
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares / count) : 0;
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : (value - mean) * scale));
}

/** Cholesky on the lower triangle; both arguments are overwritten. */
function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / a[j * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}
