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
 * One Newton step of the penalised log likelihood for every user, items fixed; the users' problems are independent.
 * @param users users x width, changed in place; `grid` must hold users and items, and gets the new users.
 * @param means the vectors that users are drawn towards, users x width.
 */
export function stepUsers(
  grid: HazardGrid,
  { userVariance, activityVariance }: PriorVariances,
  users: Float64Array,
  items: Float64Array,
  means: Float64Array,
): void {
  const variances = new Float64Array(grid.width).fill(userVariance);
  variances[0] = activityVariance;
  step(grid, grid.users, grid.items, users, items, variances, means);
}

/** The same for every item, users fixed; items are drawn towards `means`, or zero. */
export function stepItems(
  grid: HazardGrid,
  { itemVariance }: PriorVariances,
  users: Float64Array,
  items: Float64Array,
  means?: Float64Array,
): void {
  const variances = new Float64Array(grid.width).fill(itemVariance);
  variances[0] = POPULARITY_VARIANCE;
  step(grid, grid.items, grid.users, items, users, variances, means);
}

function step(
  grid: HazardGrid,
  rows: Side,
  columns: Side,
  target: Float64Array,
  covariates: Float64Array,
  variances: Float64Array,
  means?: Float64Array,
): void {
  const { width } = grid;
  const { offsets, item } = rows.purchases();
  const gradient = new Float64Array(width);
  grid.secondMoments(rows, columns, (row, sums, from) => {
    const base = row * width;
    gradient[0] = offsets[row + 1] - offsets[row];
    for (let k = 1; k < width; k++) gradient[k] = 0;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const column = item[at] * width;
      for (let k = 1; k < width; k++) gradient[k] += covariates[column + k];
    }
    for (let k = 0; k < width; k++) {
      const deviation = target[base + k] - (means ? means[base + k] : 0);
      // Expected purchases and their moments stand in the triangle's first column.
      gradient[k] -= sums[from + triangleRow(k)] + deviation / variances[k];
      sums[from + triangleRow(k) + k] += 1 / variances[k];
    }
    newtonStep(sums, from, gradient, target, base);
  });
  grid.write(rows, target);
}
