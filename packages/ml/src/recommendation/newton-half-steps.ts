import type { HazardGrid } from './hazard-grid.ts';
import { newtonStep, triangleRow } from './newton-step.ts';
import { itemSpreads, SpreadSum, type UserSpread } from './user-spread.ts';

/** Variance of an item's log popularity around zero: all but free. */
const POPULARITY_VARIANCE = 20;

export interface PriorVariances {
  readonly userVariance: number;
  readonly itemVariance: number;
  readonly activityVariance: number;
}

/**
 * One Newton step of the penalised expected log likelihood for every user, items fixed; the users' problems are independent.
 * @param grid holds users and items, its vectors one longer than theirs; gets the new users.
 * @param users users x width, changed in place.
 * @param means the vectors that users are drawn towards, users x width.
 * @returns how uncertain users are now; the grid gets that too.
 */
export function stepUsers(
  grid: HazardGrid,
  { userVariance, activityVariance }: PriorVariances,
  users: Float64Array,
  items: Float64Array,
  means: Float64Array,
): UserSpread {
  const width = grid.width - 1;
  const { offsets, item } = grid.users.purchases();
  const gradient = new Float64Array(width);
  const mean = new Float64Array(width);
  const spread = new SpreadSum(grid.users.count, width);
  grid.secondMoments(grid.users, grid.items, (user, sums, from) => {
    const base = user * width;
    purchased(gradient, items, item, offsets[user], offsets[user + 1]);
    // Expected purchases and their moments stand in the triangle's first column. What a user buys in all grows with the
    // vector by the mean of (1, item vector) over them; activity's prior is on that.
    const surplus = (users[base] - means[base]) / activityVariance;
    const bought = sums[from];
    for (let k = 0; k < width; k++) mean[k] = bought > 0 ? sums[from + triangleRow(k)] / bought : k > 0 ? 0 : 1;
    for (let k = 0; k < width; k++) {
      const row = from + triangleRow(k);
      gradient[k] -= sums[row] + mean[k] * surplus;
      if (k > 0) gradient[k] -= (users[base + k] - means[base + k]) / userVariance;
      for (let l = 0; l <= k; l++) sums[row + l] += (mean[k] * mean[l]) / activityVariance;
      if (k > 0) sums[row + k] += 1 / userVariance;
    }
    newtonStep(sums, from, gradient, users, base);
    spread.add(user, sums, from);
  });
  const found = spread.spread();
  writeGrid(grid, users, items, found);
  return found;
}

/** The same for every item, users and their spread fixed; items are drawn towards `means`, or zero. */
export function stepItems(
  grid: HazardGrid,
  { itemVariance }: PriorVariances,
  users: Float64Array,
  items: Float64Array,
  spread: UserSpread,
  means?: Float64Array,
): void {
  const width = grid.width - 1;
  const { offsets, item: user } = grid.items.purchases();
  const gradient = new Float64Array(width);
  const slope = new Float64Array(width);
  const last = triangleRow(width);
  grid.secondMoments(grid.items, grid.users, (item, sums, from) => {
    const base = item * width;
    purchased(gradient, users, user, offsets[item], offsets[item + 1]);
    // The log hazard of a user of scale s grows with the item by (1, m) + s * slope.
    for (let k = 1; k < width; k++) {
      slope[k] = spread.shape[k * width];
      for (let l = 1; l < width; l++) slope[k] += spread.shape[k * width + l] * items[base + l];
    }
    const scales = sums[from + last];
    const squares = sums[from + last + width];
    for (let k = 0; k < width; k++) {
      const row = from + triangleRow(k);
      const variance = k > 0 ? itemVariance : POPULARITY_VARIANCE;
      gradient[k] -= sums[row] + scales * slope[k] + (items[base + k] - (means ? means[base + k] : 0)) / variance;
      for (let l = 0; l <= k; l++) {
        sums[row + l] +=
          sums[from + last + k] * slope[l] + sums[from + last + l] * slope[k] + squares * slope[k] * slope[l];
        if (l > 0) sums[row + l] += scales * spread.shape[k * width + l];
      }
      sums[row + k] += 1 / variance;
    }
    newtonStep(sums, from, gradient, items, base);
  });
  writeGrid(grid, users, items, spread);
}

/** Hands vectors over to the grid, each with what the spread adds to it. */
export function writeGrid(grid: HazardGrid, users: Float64Array, items: Float64Array, spread: UserSpread): void {
  grid.write(grid.users, users, spread.scale);
  grid.write(grid.items, items, itemSpreads(items, spread, grid.width - 1));
}

/** What purchases add to the gradient: their number, and the sum of the other side's tastes. */
function purchased(gradient: Float64Array, vectors: Float64Array, column: Int32Array, from: number, to: number): void {
  const width = gradient.length;
  gradient.fill(0);
  gradient[0] = to - from;
  for (let at = from; at < to; at++) {
    const base = column[at] * width;
    for (let k = 1; k < width; k++) gradient[k] += vectors[base + k];
  }
}
