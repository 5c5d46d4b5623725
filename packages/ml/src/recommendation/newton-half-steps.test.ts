import { describe, expect, it } from 'vitest';
import { samplePurchases } from '../../test/sample-purchases.ts';
import { createHazardKernel } from './compiled-hazard-kernel.ts';
import type { FirstPurchases } from './first-purchases.ts';
import { HazardGrid } from './hazard-grid.ts';
import type { HazardKernelFactory } from './hazard-kernel.ts';
import { stepItems, stepUsers, writeGrid } from './newton-half-steps.ts';
import { scriptedHazardKernel } from './scripted-hazard-kernel.ts';
import { itemSpreads, priorSpread } from './user-spread.ts';

const variances = { userVariance: 1, itemVariance: 0.3, activityVariance: 1e9 };
const FACTORS = 3;
const WIDTH = FACTORS + 1;
const spread = priorSpread(301, WIDTH, 0.5, 0.1);

// More than one tile and block of users, more than one tile of items, and a rest in each.
const { data } = samplePurchases(301, 150, 5);

function start() {
  const users = Float64Array.from({ length: 301 * WIDTH }, (_, at) => (at % WIDTH ? 0.3 * Math.sin(at) : -2));
  const items = Float64Array.from({ length: 150 * WIDTH }, (_, at) => (at % WIDTH ? 0.3 * Math.cos(at) : -1));
  const means = Float64Array.from(users, (_, at) => (at % WIDTH ? 0.1 * Math.sin(3 * at) : -1.5));
  return { users, items, means, spread };
}

function gridOf(users: Float64Array, items: Float64Array, create?: HazardKernelFactory): HazardGrid {
  const grid = new HazardGrid(data, FACTORS + 1, create);
  writeGrid(grid, users, items, spread);
  return grid;
}

/** The penalised expected log likelihood, straight from its definition; purchases go on as a straight line above e^3. */
function objective(
  { interactions, group, offsets }: FirstPurchases,
  { users, items, means, spread }: ReturnType<typeof start>,
): number {
  const spreads = itemSpreads(items, spread, WIDTH);
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
      const top = log + spread.scale[u] * spreads[i];
      const expected = top < 3 ? Math.exp(top) : Math.exp(3) * (top - 2);
      sum += (time === undefined ? 0 : log) - expected * (time ?? 1);
    }
  }
  users.forEach((value, at) => {
    if (at % WIDTH) sum -= (value - means[at]) ** 2 / 2;
  });
  items.forEach((value, at) => {
    sum -= value ** 2 / (2 * (at % WIDTH ? 0.3 : 20));
  });
  return sum;
}

describe('Newton half steps', () => {
  it('of items raise the expected likelihood until it stands', () => {
    const state = start();
    const grid = gridOf(state.users, state.items);
    const values = [objective(data, state)];
    for (let step = 0; step < 8; step++) {
      stepItems(grid, variances, state.users, state.items, spread);
      values.push(objective(data, state));
    }
    for (let step = 1; step < 4; step++) expect(values[step]).toBeGreaterThan(values[step - 1]);
    expect(values[8] - values[7]).toBeLessThan((values[1] - values[0]) / 100);
  });

  it("leave a gradient of zero at a user's and an item's own optimum", () => {
    const state = start();
    const grid = gridOf(state.users, state.items);
    for (let step = 0; step < 20; step++) {
      state.spread = stepUsers(grid, variances, state.users, state.items, state.means);
    }
    expectOptimum(state, 'users', [0, 3, 4 * 300 + 1]);
    for (let step = 0; step < 12; step++) stepItems(grid, variances, state.users, state.items, state.spread);
    expectOptimum(state, 'items', [0, 2, 4 * 149 + 3]);
  });

  it('of users are surer than the prior', () => {
    const { users, items, means } = start();
    const grid = gridOf(users, items);
    const { scale } = stepUsers(grid, variances, users, items, means);
    expect(Math.max(...scale)).toBeLessThan(1);
    expect(Math.min(...scale)).toBeGreaterThan(0);
  });

  it('are the same to the bit compiled and scripted', () => {
    const run = (create: HazardKernelFactory) => {
      const { users, items, means } = start();
      const grid = gridOf(users, items, create);
      stepUsers(grid, variances, users, items, means);
      stepItems(grid, variances, users, items, spread);
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
