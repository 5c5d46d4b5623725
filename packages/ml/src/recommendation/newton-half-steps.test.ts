import { describe, expect, it } from 'vitest';
import { samplePurchases } from '../../test/sample-purchases.ts';
import { createHazardKernel } from './compiled-hazard-kernel.ts';
import type { FirstPurchases } from './first-purchases.ts';
import { HazardGrid } from './hazard-grid.ts';
import type { HazardKernelFactory } from './hazard-kernel.ts';
import { stepItems, stepUsers } from './newton-half-steps.ts';
import { scriptedHazardKernel } from './scripted-hazard-kernel.ts';

const variances = { userVariance: 1, itemVariance: 0.3, activityVariance: 1.5 };
const FACTORS = 3;
const WIDTH = FACTORS + 1;

// More than one tile and block of users, more than one tile of items, and a rest in each.
const { data } = samplePurchases(301, 150, 5);

function start() {
  const users = Float64Array.from({ length: 301 * WIDTH }, (_, at) => (at % WIDTH ? 0.3 * Math.sin(at) : -2));
  const items = Float64Array.from({ length: 150 * WIDTH }, (_, at) => (at % WIDTH ? 0.3 * Math.cos(at) : -1));
  const means = Float64Array.from(users, (_, at) => (at % WIDTH ? 0.1 * Math.sin(3 * at) : -1.5));
  return { users, items, means };
}

function gridOf(users: Float64Array, items: Float64Array, create?: HazardKernelFactory): HazardGrid {
  const grid = new HazardGrid(data, FACTORS, create);
  grid.write(grid.users, users);
  grid.write(grid.items, items);
  return grid;
}

/** The penalised log likelihood, straight from its definition; expected purchases go on as a straight line above e^3. */
function objective(
  { interactions, group, offsets }: FirstPurchases,
  { users, items, means }: ReturnType<typeof start>,
): number {
  let sum = 0;
  for (let u = 0; u < interactions.rows; u++) {
    const bought = new Map<number, number>();
    for (let at = interactions.offsets[u]; at < interactions.offsets[u + 1]; at++) {
      bought.set(interactions.item[at], interactions.weight[at]);
    }
    for (let i = 0; i < interactions.items; i++) {
      let log = users[u * WIDTH] + items[i * WIDTH] + offsets[group[u] * interactions.items + i];
      for (let k = 1; k < WIDTH; k++) log += users[u * WIDTH + k] * items[i * WIDTH + k];
      const time = bought.get(i);
      const expected = log < 3 ? Math.exp(log) : Math.exp(3) * (log - 2);
      sum += (time === undefined ? 0 : log) - expected * (time ?? 1);
    }
  }
  users.forEach((value, at) => {
    sum -= (value - means[at]) ** 2 / (2 * (at % WIDTH ? 1 : 1.5));
  });
  items.forEach((value, at) => {
    sum -= value ** 2 / (2 * (at % WIDTH ? 0.3 : 20));
  });
  return sum;
}

describe('Newton half steps', () => {
  it('raise the penalised likelihood until it stands', () => {
    const state = start();
    const grid = gridOf(state.users, state.items);
    const gains: number[] = [];
    for (let alternation = 0; alternation < 30; alternation++) {
      const before = objective(data, state);
      stepUsers(grid, variances, state.users, state.items, state.means);
      const between = objective(data, state);
      stepItems(grid, variances, state.users, state.items);
      gains.push(between - before, objective(data, state) - between);
    }
    for (const gain of gains) expect(gain).toBeGreaterThan(0);
    expect(gains[0]).toBeGreaterThan(100);
    expect(gains[59]).toBeLessThan(gains[0] / 100);
  });

  it("leave a gradient of zero at a user's and an item's own optimum", () => {
    const state = start();
    const grid = gridOf(state.users, state.items);
    for (let step = 0; step < 12; step++) stepUsers(grid, variances, state.users, state.items, state.means);
    expectOptimum(state, 'users', [0, 3, 4 * 300 + 1]);
    for (let step = 0; step < 12; step++) stepItems(grid, variances, state.users, state.items);
    expectOptimum(state, 'items', [0, 2, 4 * 149 + 3]);
  });

  it('are the same to the bit compiled and scripted', () => {
    const run = (create: HazardKernelFactory) => {
      const { users, items, means } = start();
      const grid = gridOf(users, items, create);
      stepUsers(grid, variances, users, items, means);
      stepItems(grid, variances, users, items);
      return { users, items, totals: grid.userTotals() };
    };
    expect(run(scriptedHazardKernel)).toEqual(run(createHazardKernel));
  });
});

/** No coordinate's change in either direction is for the better. */
function expectOptimum(state: ReturnType<typeof start>, side: 'users' | 'items', places: readonly number[]): void {
  const top = objective(data, state);
  for (const place of places) {
    for (const change of [-0.01, 0.01]) {
      const moved = state[side].slice();
      moved[place] += change;
      expect(objective(data, { ...state, [side]: moved })).toBeLessThan(top);
    }
  }
}
