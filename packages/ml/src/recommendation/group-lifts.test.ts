import { expect, it } from 'vitest';
import { samplePurchases } from '../../test/sample-purchases.ts';
import { groupLifts } from './group-lifts.ts';
import { HazardGrid } from './hazard-grid.ts';

const FACTORS = 2;
const GROUPS = 3;
const USERS = 300;
const ITEMS = 140;

/** Users in three groups, all with the same hazards but for what the offsets say. */
function sample(offsets: Float32Array) {
  const { data } = samplePurchases(USERS, ITEMS, 4);
  const group = Uint16Array.from({ length: USERS }, (_, u) => u % GROUPS);
  return { ...data, group, offsets };
}

it('sums hazards times exposures by group and item, and takes over other offsets', () => {
  const offsets = Float32Array.from({ length: GROUPS * ITEMS }, (_, at) => (at % 7) / 7);
  const data = sample(new Float32Array(GROUPS * ITEMS));
  const grid = new HazardGrid(data, FACTORS);
  grid.writeOffsets(offsets);
  const { offsets: starts, item, weight } = data.interactions;
  const expected = new Float64Array(GROUPS * ITEMS);
  for (let u = 0; u < USERS; u++) {
    const exposure = new Float64Array(ITEMS).fill(1);
    for (let at = starts[u]; at < starts[u + 1]; at++) exposure[item[at]] = weight[at];
    const from = data.group[u] * ITEMS;
    for (let i = 0; i < ITEMS; i++) expected[from + i] += exposure[i] * Math.exp(offsets[from + i]);
  }
  const totals = grid.groupTotals(data.group, GROUPS);
  for (let at = 0; at < totals.length; at++) expect(totals[at] / expected[at]).toBeCloseTo(1, 5);
});

it('finds no lift where a group buys more because more is to be expected of it', () => {
  const data = sample(new Float32Array(GROUPS * ITEMS));
  const { offsets, item } = data.interactions;
  const bought = new Float64Array(GROUPS * ITEMS);
  for (let u = 0; u < USERS; u++) {
    for (let at = offsets[u]; at < offsets[u + 1]; at++) bought[data.group[u] * ITEMS + item[at]]++;
  }
  const lifts = groupLifts(data, bought);
  for (const lift of lifts) expect(lift).toBeCloseTo(0, 6);
  // Half of it to be expected in one group: a lift there, on the strongest evidence, and none for those of unknown group.
  const halved = bought.map((total, at) => (at < 2 * ITEMS ? total : total / 2));
  const found = groupLifts(data, halved);
  const mean = (from: number) => found.subarray(from * ITEMS, (from + 1) * ITEMS).reduce((a, b) => a + b, 0) / ITEMS;
  expect(mean(0)).toBe(0);
  expect(mean(2)).toBeGreaterThan(mean(1) + 0.05);
});
