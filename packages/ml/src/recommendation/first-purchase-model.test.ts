import { describe, expect, it } from 'vitest';
import { rankCorrelation, samplePurchases } from '../../test/sample-purchases.ts';
import { MlError } from '../errors.ts';
import { attributeMeans } from './attribute-means.ts';
import {
  estimateItems,
  estimateUsers,
  type FirstPurchaseModel,
  type FirstPurchases,
  firstPurchaseParams,
  fitFirstPurchases,
  logHazards,
  logTotals,
} from './first-purchase-model.ts';
import { selectItems } from './first-purchases.ts';
import { transpose } from './interactions.ts';

const USERS = 900;
const ITEMS = 120;
const { data, truth } = samplePurchases(USERS, ITEMS, 2);
const params = firstPurchaseParams.parse({ factors: 5, alternations: 6 });
const WIDTH = 6;
const model = fitFirstPurchases(data, params);

/** Log hazards of all pairs, items x users. */
function hazardsOf(fitted: FirstPurchaseModel): Float32Array[] {
  return Array.from({ length: ITEMS }, (_, item) => {
    const out = new Float32Array(fitted.users.length / WIDTH);
    logHazards(data, fitted, item, out);
    return out;
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How well a user's items not yet bought are put in the order of the true hazards, on average. */
function orderOfItems(score: (user: number, item: number) => number): number {
  const { offsets, item } = data.interactions;
  return mean(
    Array.from({ length: USERS }, (_, u) => {
      const bought = new Set(item.subarray(offsets[u], offsets[u + 1]));
      const fresh = Array.from({ length: ITEMS }, (_, i) => i).filter((i) => !bought.has(i));
      return rankCorrelation(
        fresh.map((i) => score(u, i)),
        fresh.map((i) => truth[u * ITEMS + i]),
      );
    }),
  );
}

/** The same for the users who have not bought an item. */
function orderOfUsers(hazards: ArrayLike<number>, item: number): number {
  const { offsets, item: buyers } = transpose(data.interactions);
  const bought = new Set(buyers.subarray(offsets[item], offsets[item + 1]));
  const fresh = Array.from({ length: USERS }, (_, u) => u).filter((u) => !bought.has(u));
  return rankCorrelation(
    fresh.map((u) => hazards[u]),
    fresh.map((u) => truth[u * ITEMS + item]),
  );
}

const pickUsers = (from: FirstPurchases, order: Int32Array): FirstPurchases => {
  const { offsets, item, weight } = from.interactions;
  const places = Array.from(order, (u) =>
    Array.from({ length: offsets[u + 1] - offsets[u] }, (_, n) => offsets[u] + n),
  );
  const starts = new Int32Array(order.length + 1);
  places.forEach((own, u) => {
    starts[u + 1] = starts[u] + own.length;
  });
  return {
    ...from,
    interactions: {
      rows: order.length,
      items: from.interactions.items,
      offsets: starts,
      item: Int32Array.from(places.flat(), (at) => item[at]),
      weight: Float32Array.from(places.flat(), (at) => weight[at]),
    },
    group: Uint16Array.from(order, (u) => from.group[u]),
    attributes: from.attributes.map(({ codes, size }) => ({ codes: Uint16Array.from(order, (u) => codes[u]), size })),
  };
};

describe('first-purchase model', () => {
  it('puts items that a user has not bought in the order of the true hazards, better than popularity', () => {
    const hazards = hazardsOf(model);
    const own = orderOfItems((u, i) => hazards[i][u]);
    const counts = transpose(data.interactions).offsets;
    const popularity = orderOfItems((_, i) => counts[i + 1] - counts[i]);
    const placed = orderOfItems(
      (u, i) => Math.log(counts[i + 1] - counts[i]) + data.offsets[data.group[u] * ITEMS + i],
    );
    expect(own).toBeGreaterThan(0.8);
    expect(own).toBeGreaterThan(popularity + 0.1);
    expect(own).toBeGreaterThan(placed + 0.05);
  });

  it('puts users in the order of the true hazards, better than activity', () => {
    const hazards = hazardsOf(model);
    const { offsets } = data.interactions;
    const activity = Int32Array.from({ length: USERS }, (_, u) => offsets[u + 1] - offsets[u]);
    const items = Array.from({ length: ITEMS }, (_, i) => i);
    const own = mean(items.map((i) => orderOfUsers(hazards[i], i)));
    expect(own).toBeGreaterThan(0.75);
    expect(own).toBeGreaterThan(mean(items.map((i) => orderOfUsers(activity, i))) + 0.1);
  });

  it('expects as many purchases as there are', () => {
    // Exposures aside, which only matter where hazards are large.
    let expected = 0;
    for (const hazards of hazardsOf(model)) for (const log of hazards) expected += 1 - Math.exp(-Math.exp(log));
    expect(expected / data.interactions.item.length).toBeGreaterThan(0.95);
    expect(expected / data.interactions.item.length).toBeLessThan(1.05);
  });

  it('same data and seed, same bytes; another seed, other bytes', () => {
    expect(fitFirstPurchases(samplePurchases(USERS, ITEMS, 2).data, params)).toEqual(model);
    expect(fitFirstPurchases(data, { ...params, seed: 2 }).users).not.toEqual(model.users);
  });

  it('users in another order, their vectors in that order', () => {
    const order = Int32Array.from({ length: USERS }, (_, u) => (u * 7 + 5) % USERS);
    const shuffled = fitFirstPurchases(pickUsers(data, order), params);
    let furthest = 0;
    shuffled.users.forEach((value, at) => {
      const u = order[Math.floor(at / WIDTH)];
      furthest = Math.max(furthest, Math.abs(value - model.users[u * WIDTH + (at % WIDTH)]));
    });
    expect(furthest).toBeLessThan(1e-4);
  });

  it('a user without purchases is expected to be much as those alike, only less active', () => {
    const { offsets } = data.interactions;
    const active = Int32Array.from({ length: USERS }, (_, u) => u).filter((u) => offsets[u + 1] > offsets[u]);
    const buyers = pickUsers(data, active);
    const [codes, size] = [buyers.attributes[0].codes, buyers.attributes[0].size];
    const idle = active.length;
    const { users } = estimateUsers(
      {
        ...buyers,
        interactions: {
          ...buyers.interactions,
          rows: idle + 1,
          offsets: Int32Array.of(...buyers.interactions.offsets, buyers.interactions.item.length),
        },
        group: Uint16Array.of(...buyers.group, 0),
        attributes: [{ codes: Uint16Array.of(...codes, codes[0]), size }],
      },
      params,
      model.items,
    );
    const { means } = attributeMeans({ ...buyers, attributes: [{ codes, size }] }, users.subarray(0, idle * WIDTH));
    const distance = (u: number, from: number) =>
      Math.hypot(...users.subarray(u * WIDTH + 1, (u + 1) * WIDTH).map((x, k) => x - means[from * WIDTH + 1 + k]));
    const distances = Float64Array.from(active, (_, u) => distance(u, u)).sort();
    expect(distance(idle, 0)).toBeLessThan(distances[Math.floor(idle / 4)]);
    const activities = users.filter((_, at) => at % WIDTH === 0);
    expect(activities[idle]).toBeLessThan(activities.toSorted()[Math.floor(idle / 20)]);
  });

  it('users get what is expected of those alike where the items tell nothing', () => {
    const unseen = Float64Array.from({ length: ITEMS * WIDTH }, (_, at) => (at % WIDTH === 0 ? -60 : 0.1));
    const unknown = { ...data, interactions: { ...data.interactions, offsets: new Int32Array(USERS + 1) } };
    const nothing = { ...unknown.interactions, item: new Int32Array(0), weight: new Float32Array(0) };
    const { users } = estimateUsers({ ...unknown, interactions: nothing }, params, unseen);
    const camps = data.attributes[0].codes;
    for (let u = 0; u < USERS; u++) {
      // What is on offer where they live counts too: activity's prior is on all that a user buys.
      const alike = camps.findIndex((camp, other) => camp === camps[u] && data.group[other] === data.group[u]);
      for (let k = 0; k < WIDTH; k++) expect(users[u * WIDTH + k]).toBeCloseTo(users[alike * WIDTH + k], 4);
    }
    expect(users.subarray(0, WIDTH)).not.toEqual(new Float64Array(WIDTH));
  });

  it('estimates users against fixed items close to those of the fit', () => {
    const { users } = estimateUsers(data, params, model.items);
    const furthest = users.reduce((most, value, at) => Math.max(most, Math.abs(value - model.users[at])), 0);
    expect(furthest).toBeLessThan(0.4);
  });

  it('continues from an earlier fit', () => {
    const warm = fitFirstPurchases(data, params, model);
    const hazards = hazardsOf(warm);
    expect(orderOfItems((u, i) => hazards[i][u])).toBeGreaterThan(0.8);
    const calls: number[] = [];
    fitFirstPurchases(data, params, model, (done) => calls.push(done));
    expect(calls).toEqual([1]);
  });

  it('knows at once how active users are who came after the earlier fit', () => {
    const { offsets, item, weight, ...sizes } = data.interactions;
    const before = USERS / 2;
    const early = {
      ...sizes,
      offsets: offsets.map((at) => Math.min(at, offsets[before])),
      item: item.subarray(0, offsets[before]),
      weight: weight.subarray(0, offsets[before]),
    };
    const start = fitFirstPurchases({ ...data, interactions: early }, params);
    const warm = logTotals(data, fitFirstPurchases(data, params, start));
    const cold = logTotals(data, model);
    let apart = 0;
    for (let u = before; u < USERS; u++) apart += Math.abs(warm[u] - cold[u]) / (USERS - before);
    expect(apart).toBeLessThan(0.1);
  });

  it('estimates held-out items, and leaves the others alone', () => {
    const out = [3, 40, 41, 119];
    const kept = Array.from({ length: ITEMS }, (_, i) => i).filter((i) => !out.includes(i));
    const known = fitFirstPurchases(selectItems(data, kept), params);
    const items = new Float64Array(ITEMS * WIDTH);
    kept.forEach((item, at) => {
      items.set(known.items.subarray(at * WIDTH, (at + 1) * WIDTH), item * WIDTH);
    });
    for (const item of out) items[item * WIDTH] = -4;
    const before = items.slice();
    const extended = { ...known, items, offsets: data.offsets };
    estimateItems(data, params, extended, out.toReversed());
    const hazards = hazardsOf(extended);
    const fitted = hazardsOf(model);
    for (const item of out) {
      expect(orderOfUsers(hazards[item], item)).toBeGreaterThan(orderOfUsers(fitted[item], item) - 0.05);
      items.set(before.subarray(item * WIDTH, (item + 1) * WIDTH), item * WIDTH);
    }
    expect(items).toEqual(before);
  });

  it('totals are the sums of the hazards', () => {
    const hazards = hazardsOf(model);
    const totals = logTotals(data, model);
    for (let u = 0; u < USERS; u += 7) {
      const sum = hazards.reduce((total, ofItem) => total + Math.exp(Math.min(ofItem[u], 3)), 0);
      expect(totals[u]).toBeCloseTo(Math.log(sum), 5);
    }
  });

  it('fits nothing to nobody without complaint', () => {
    const nobody = pickUsers(data, new Int32Array(0));
    expect(fitFirstPurchases(nobody, params).users.length).toBe(0);
    expect(fitFirstPurchases(nobody, params).items.every(Number.isFinite)).toBe(true);
    const nothing = selectItems(data, []);
    expect(estimateUsers(nothing, params, new Float64Array(0)).users.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['SHAPE_MISMATCH', { group: new Uint16Array(USERS - 1) }],
    ['SHAPE_MISMATCH', { group: new Uint16Array(USERS).fill(3) }],
    ['SHAPE_MISMATCH', { attributes: [{ codes: new Uint16Array(USERS).fill(5), size: 5 }] }],
    ['SHAPE_MISMATCH', { interactions: { ...data.interactions, items: ITEMS - 1 } }],
    ['SHAPE_MISMATCH', { interactions: { ...data.interactions, item: data.interactions.item.toReversed() } }],
    ['INVALID_INPUT', { interactions: { ...data.interactions, weight: data.interactions.weight.map(() => 0) } }],
  ] as const)('refuses data that contradict themselves: %s', (code, change) => {
    expect(() => fitFirstPurchases({ ...data, ...change }, params)).toThrow(expect.objectContaining({ code }));
    expect(() => fitFirstPurchases({ ...data, ...change }, params)).toThrow(MlError);
  });
});
