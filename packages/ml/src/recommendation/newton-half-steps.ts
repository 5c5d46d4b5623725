import type { HazardGrid, Side } from './hazard-grid.ts';
import { newtonStep, triangleRow } from './newton-step.ts';

/** Variance of an item's log popularity around zero: all but free. */
const POPULARITY_VARIANCE = 20;

export interface PriorVariances {
  readonly userVariance: number;
  readonly itemVariance: number;
  readonly activityVariance: number;
}

/**
 * One Newton step of the penalised log likelihood for every user, items fixed; the users' problems are independent. Activity is
 * drawn towards the mean activity, taste towards `means`.
 * @param users users x width, changed in place; `grid` must hold users and items, and gets the new users.
 */
export function stepUsers(
  grid: HazardGrid,
  { userVariance, activityVariance }: PriorVariances,
  users: Float64Array,
  items: Float64Array,
  means: Float64Array,
): void {
  const { width } = grid;
  let activity = 0;
  for (let u = 0; u < grid.users.count; u++) activity += users[u * width];
  activity /= Math.max(grid.users.count, 1);
  step(grid, grid.users, grid.items, users, items, (at, k) =>
    k === 0
      ? { deviation: users[at] - activity, variance: activityVariance }
      : { deviation: users[at + k] - means[at + k], variance: userVariance },
  );
}

/** The same for every item, users fixed. */
export function stepItems(
  grid: HazardGrid,
  { itemVariance }: PriorVariances,
  users: Float64Array,
  items: Float64Array,
): void {
  step(grid, grid.items, grid.users, items, users, (at, k) => ({
    deviation: items[at + k],
    variance: k === 0 ? POPULARITY_VARIANCE : itemVariance,
  }));
}

interface Prior {
  readonly deviation: number;
  readonly variance: number;
}

function step(
  grid: HazardGrid,
  rows: Side,
  columns: Side,
  target: Float64Array,
  covariates: Float64Array,
  prior: (at: number, k: number) => Prior,
): void {
  const { width } = grid;
  const { offsets, item } = rows.purchases();
  const gradient = new Float64Array(width);
  grid.secondMoments(rows, columns, (row, sums, from) => {
    // Expected purchases and their moments stand in the triangle's first column.
    for (let k = 0; k < width; k++) gradient[k] = -sums[from + triangleRow(k)];
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      gradient[0]++;
      for (let k = 1; k < width; k++) gradient[k] += covariates[item[at] * width + k];
    }
    for (let k = 0; k < width; k++) {
      const { deviation, variance } = prior(row * width, k);
      gradient[k] -= deviation / variance;
      sums[from + triangleRow(k) + k] += 1 / variance;
    }
    newtonStep(sums, from, gradient, target, row * width);
  });
  grid.write(rows, target);
}
