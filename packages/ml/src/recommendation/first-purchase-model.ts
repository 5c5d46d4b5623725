/**
 * Latent factors of first purchases: when does a user first buy an item?
 *
 * The time to the first purchase of item i by user u is exponential with hazard
 * exp(a_u + c_i + x_u . y_i + o_ui): activity, popularity, taste, and a known offset. A pair without a purchase is
 * censored at the end of the observation, so "not yet" counts as weak evidence and repeats count for nothing. The
 * likelihood is a Poisson regression with exposures (Holford, "The analysis of rates and of survivorship using log-linear
 * models", Biometrics 1980); factors are fitted by alternating Newton steps. Users' vectors are drawn towards the mean of
 * users with the same attributes, so that a user with few purchases is judged by those alike. Half way, groups'
 * offsets are estimated anew, for those given may take what comes of activity and taste of a group's users for the group's own.
 *
 * Time of a step: O(users * items * factors^2), about 8 ns a pair at eight factors; memory: O((users + items) * factors). Sums
 * over pairs are in float32 within a tile of at most 128 and in float64 beyond, so a vector is good to about six digits, and
 * the order of users shows in no earlier digit.
 */
import { z } from 'zod';
import { activityMeans } from './activity-means.ts';
import { type AttributeMeans, attributeMeans } from './attribute-means.ts';
import { checkFirstPurchases, type FirstPurchases, selectItems } from './first-purchases.ts';
import { groupLifts } from './group-lifts.ts';
import { HazardGrid } from './hazard-grid.ts';
import type { Interactions } from './interactions.ts';
import { stepItems, stepUsers, writeGrid } from './newton-half-steps.ts';
import { tokenMeans } from './token-means.ts';
import { itemSpreads, priorSpread, type UserSpread } from './user-spread.ts';

export type { FirstPurchases } from './first-purchases.ts';

export const firstPurchaseParams = z.object({
  factors: z.int().min(1).max(63).default(8).describe('Length of the taste vectors.'),
  alternations: z
    .int()
    .min(1)
    .max(100)
    .default(8)
    .describe('Newton steps of users and of items from scratch; tastes hardly move after eight.'),
  warmAlternations: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe(
      'The same from vectors that were fitted on earlier data; as activity starts from the counts, one will do.',
    ),
  userVariance: z.number().positive().default(1).describe('Variance of a taste around the mean of users alike.'),
  itemVariance: z.number().positive().default(0.15).describe('Variance of an item vector around zero.'),
  activityVariance: z
    .number()
    .positive()
    .default(1.5)
    .describe("Variance of the log of a user's first purchases to expect over all items, around its regression."),
  seed: z.int().default(1),
});
export type FirstPurchaseParams = z.output<typeof firstPurchaseParams>;

export interface FirstPurchaseModel {
  readonly factors: number;
  /** users x (1 + factors): activity, taste. */
  readonly users: Float64Array;
  /** items x (1 + factors): popularity, taste. */
  readonly items: Float64Array;
  /** How uncertain users are: hazards are expectations over it. */
  readonly spread: UserSpread;
  /** What each value of an attribute adds to the vector that its users are drawn towards, by attribute: values x (1 + factors). */
  readonly attributeEffects: readonly Float64Array[];
  /** Log offsets, groups x items: the data's at first, then what tastes and activity leave over. */
  readonly offsets: Float32Array;
}

/** Newton steps for users or items on their own; the likelihood is concave, so they settle fast. */
const STEPS = 4;

/**
 * Alternates Newton steps of users and items, and ends with users. The same data, parameters and start give the same bytes.
 * @param start what was fitted on earlier data of the same users and items: then `warmAlternations` suffice.
 * @param onAlternation called after each alternation with how many are done.
 * @throws MlError SHAPE_MISMATCH, INVALID_INPUT
 */
export function fitFirstPurchases(
  data: FirstPurchases,
  params: FirstPurchaseParams,
  start?: FirstPurchaseModel,
  onAlternation?: (done: number) => void,
): FirstPurchaseModel {
  checkFirstPurchases(data);
  const { interactions } = data;
  const items = start ? start.items.slice() : initialItems(interactions, params);
  const users = start ? start.users.slice() : initialUsers(interactions, params.factors);
  const grid = new HazardGrid(data, params.factors + 1);
  let spread = start?.spread ?? startSpread(users, params);
  let { offsets } = data;
  writeGrid(grid, users, items, spread);
  if (start) {
    renewActivity(grid, interactions, users);
    writeGrid(grid, users, items, spread);
  }
  const alternations = start ? params.warmAlternations : params.alternations;
  for (let done = 1; done <= alternations; done++) {
    spread = stepUsers(grid, params, users, items, expectedUsers(data, grid, users).means);
    stepItems(grid, params, users, items, spread, tokenMeans(data, items));
    if (done === Math.max(alternations >> 1, 1)) offsets = renewOffsets(grid, data, offsets);
    onAlternation?.(done);
  }
  const expected = expectedUsers(data, grid, users);
  spread = stepUsers(grid, params, users, items, expected.means);
  return { factors: params.factors, users, items, spread, attributeEffects: expected.effects, offsets };
}

/**
 * Users of new data against fixed items: activity and taste by a few Newton steps.
 * @param items items x (1 + factors), of `data`'s items.
 * @throws MlError SHAPE_MISMATCH, INVALID_INPUT
 */
export function estimateUsers(
  data: FirstPurchases,
  params: FirstPurchaseParams,
  items: Float64Array,
): FirstPurchaseModel {
  checkFirstPurchases(data);
  const users = initialUsers(data.interactions, params.factors);
  const grid = new HazardGrid(data, params.factors + 1);
  let spread = startSpread(users, params);
  // Vectors come first: under the prior's spread the first step would be about purchases that nobody makes.
  spread.scale.fill(0);
  let { offsets } = data;
  writeGrid(grid, users, items, spread);
  let attributeEffects: readonly Float64Array[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { means, effects } = expectedUsers(data, grid, users);
    attributeEffects = effects;
    spread = stepUsers(grid, params, users, items, means);
    if (step === (STEPS >> 1) - 1) offsets = renewOffsets(grid, data, offsets);
  }
  return { factors: params.factors, users, items, spread, attributeEffects, offsets };
}

/**
 * Vectors of some items that the model does not know, against fixed users: a few Newton steps from where they stand. Other items
 * are neither read nor changed.
 * @param model its items are changed in place. @param which positions of items.
 * @throws MlError SHAPE_MISMATCH, INVALID_INPUT
 */
export function estimateItems(
  data: FirstPurchases,
  params: FirstPurchaseParams,
  { users, items, spread, offsets }: Pick<FirstPurchaseModel, 'users' | 'items' | 'spread' | 'offsets'>,
  which: readonly number[],
): void {
  checkFirstPurchases(data);
  const width = params.factors + 1;
  const wanted = [...new Set(which)].sort((a, b) => a - b);
  const vectors = new Float64Array(wanted.length * width);
  wanted.forEach((item, at) => {
    vectors.set(items.subarray(item * width, (item + 1) * width), at * width);
  });
  const expected = tokenMeans(data, items);
  const means = new Float64Array(vectors.length);
  wanted.forEach((item, at) => {
    if (expected) means.set(expected.subarray(item * width, (item + 1) * width), at * width);
  });
  const grid = new HazardGrid(selectItems({ ...data, offsets }, wanted), params.factors + 1);
  writeGrid(grid, users, vectors, spread);
  for (let step = 0; step < STEPS; step++) stepItems(grid, params, users, vectors, spread, means);
  wanted.forEach((item, at) => {
    items.set(vectors.subarray(at * width, (at + 1) * width), item * width);
  });
}

/**
 * Log hazard of an item for every user: log of the purchases to expect over one observation, were repeats first purchases too.
 * @param out one number a user, overwritten.
 */
export function logHazards(data: FirstPurchases, model: FirstPurchaseModel, item: number, out: Float32Array): void {
  const width = model.factors + 1;
  const items = data.interactions.items;
  const [spread] = itemSpreads(model.items.subarray(item * width, (item + 1) * width), model.spread, width);
  for (let u = 0; u < out.length; u++) {
    let sum = model.users[u * width] + model.items[item * width] + model.offsets[data.group[u] * items + item];
    sum += model.spread.scale[u] * spread;
    for (let k = 1; k < width; k++) sum += model.users[u * width + k] * model.items[item * width + k];
    out[u] = sum;
  }
}

/** Log of the sum of every user's hazards over all items, one number a user: activity, as the items on offer allow for it. */
export function logTotals(data: FirstPurchases, model: FirstPurchaseModel): Float32Array {
  const grid = new HazardGrid({ ...data, offsets: model.offsets }, model.factors + 1);
  writeGrid(grid, model.users, model.items, model.spread);
  return Float32Array.from(grid.userTotals(), Math.log);
}

/** Offsets by what users of each group were to be expected to buy without them; the grid gets them too. */
function renewOffsets(grid: HazardGrid, data: FirstPurchases, offsets: Float32Array): Float32Array {
  const { items } = data.interactions;
  if (items === 0) return offsets;
  const expected = grid.groupTotals(data.group, offsets.length / items);
  const renewed = groupLifts(
    data,
    expected.map((total, at) => total / Math.exp(offsets[at])),
  );
  grid.writeOffsets(renewed);
  return renewed;
}

const startSpread = (
  users: Float64Array,
  { factors, userVariance, activityVariance }: FirstPurchaseParams,
): UserSpread => priorSpread(users.length / (factors + 1), factors + 1, userVariance, activityVariance);

/** The vector to be expected of each user from attributes and covariates alone. */
function expectedUsers(data: FirstPurchases, grid: HazardGrid, users: Float64Array): AttributeMeans {
  const { means, effects } = attributeMeans(data, users);
  if (data.interactions.items > 0) activityMeans(data, users, Float32Array.from(grid.userTotals(), Math.log), means);
  return { means, effects };
}

/**
 * Moves each user's activity to where first purchases to expect are those made. Without it users who joined since the start, or
 * have become busy, would get there but slowly: what is expected of them follows what was.
 */
function renewActivity(grid: HazardGrid, { offsets }: Interactions, users: Float64Array): void {
  const width = grid.width - 1;
  grid.userTotals().forEach((total, u) => {
    users[u * width] += Math.log((offsets[u + 1] - offsets[u] + 1) / (total + 1));
  });
}

/** Activity by the count of purchases; no taste yet. */
function initialUsers({ rows, items, offsets }: Interactions, factors: number): Float64Array {
  const users = new Float64Array(rows * (factors + 1));
  for (let u = 0; u < rows; u++) {
    users[u * (factors + 1)] = Math.log((offsets[u + 1] - offsets[u] + 1) / Math.max(items, 1));
  }
  return users;
}

/** Popularity by the count of purchases; small tastes that differ, from the position and the seed alone. */
function initialItems({ items, item }: Interactions, params: FirstPurchaseParams): Float64Array {
  const width = params.factors + 1;
  const counts = new Float64Array(items);
  for (const i of item) counts[i]++;
  const mean = item.length / Math.max(items, 1);
  const out = new Float64Array(items * width);
  for (let i = 0; i < items; i++) {
    out[i * width] = Math.log((counts[i] + 1) / (mean + 1));
    for (let k = 1; k < width; k++) {
      let h = Math.imul(i * width + k + 1, 0x9e3779b1) ^ Math.imul(params.seed + 1, 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
      h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
      out[i * width + k] = (((h ^ (h >>> 16)) >>> 0) / 4294967296 - 0.5) * 0.5;
    }
  }
  return out;
}
