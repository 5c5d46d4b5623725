import { Random } from '../src/random.ts';
import type { FirstPurchases } from '../src/recommendation/first-purchases.ts';

export interface PurchaseWorld {
  readonly data: FirstPurchases;
  /** log(purchases to expect in the observation) of every pair, users x items: what the purchases were drawn from. */
  readonly truth: Float32Array;
}

const TASTES = 4;
const CAMPS = 5;
const REGIONS = 3;

/**
 * First purchases drawn from exponential times. Users have activity, a region where some items are sold more, and a taste that
 * lies around that of their camp, an attribute to be seen; items have popularity and a taste.
 * @param level mean of the users' log activity.
 */
export function samplePurchases(users: number, items: number, seed: number, level = -3): PurchaseWorld {
  const random = new Random(seed);
  const normals = (count: number, scale: number) => Float64Array.from({ length: count }, () => scale * random.normal());
  const campTastes = normals(CAMPS * TASTES, 0.7);
  const itemTastes = normals(items * TASTES, 0.7);
  const popularity = normals(items, 0.8);
  const offsets = Float32Array.from({ length: REGIONS * items }, () => 0.5 * random.normal());
  const camps = Uint16Array.from({ length: users }, () => random.below(CAMPS));
  const group = Uint16Array.from({ length: users }, () => random.below(REGIONS));
  const truth = new Float32Array(users * items);
  const starts = new Int32Array(users + 1);
  const item: number[] = [];
  const weight: number[] = [];
  for (let u = 0; u < users; u++) {
    const activity = level + 0.8 * random.normal();
    const taste = normals(TASTES, 0.5).map((own, k) => own + campTastes[camps[u] * TASTES + k]);
    for (let i = 0; i < items; i++) {
      let log = activity + popularity[i] + offsets[group[u] * items + i];
      for (let k = 0; k < TASTES; k++) log += taste[k] * itemTastes[i * TASTES + k];
      truth[u * items + i] = log;
      const time = -Math.log(1 - random.uniform()) / Math.exp(log);
      if (time >= 1) continue;
      item.push(i);
      weight.push(Math.max(time, 1e-3));
    }
    starts[u + 1] = item.length;
  }
  const interactions = {
    rows: users,
    items,
    offsets: starts,
    item: Int32Array.from(item),
    weight: Float32Array.from(weight),
  };
  return { data: { interactions, group, offsets, attributes: [{ codes: camps, size: CAMPS }] }, truth };
}

/** Spearman's correlation; ties share no rank, which does not matter for continuous values. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const ranksOf = (values: ArrayLike<number>) => {
    const ranks = new Float64Array(n);
    Array.from({ length: n }, (_, at) => at)
      .sort((x, y) => values[x] - values[y])
      .forEach((at, rank) => {
        ranks[at] = rank;
      });
    return ranks;
  };
  const [first, second] = [ranksOf(a), ranksOf(b)];
  const squares = first.reduce((sum, rank, at) => sum + (rank - second[at]) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}
