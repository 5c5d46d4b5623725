/**
 * Latent factors of first purchases: when does a user first buy an item?
 *
 * The time to the first purchase of item i by user u is exponential with hazard
 * exp(a_u + c_i + x_u . y_i + o_ui): activity, popularity, taste, and a known offset. A pair without a purchase is
 * censored at the end of the observation, so "not yet" counts as weak evidence and repeats count for nothing. The
 * likelihood is a Poisson regression with exposures (Holford, "The analysis of rates and of survivorship using log-linear
 * models", Biometrics 1980); factors are fitted by alternating Newton steps. Users' vectors are drawn towards the mean of
 * users with the same attributes, so that a user with few purchases is judged by those alike.
 *
 * Time of a step: O(users * items * factors^2); memory: O((users + items) * factors).
 */
import { z } from 'zod';
import type { Interactions } from './interactions.ts';

export const firstPurchaseParams = z.object({
  factors: z.int().min(1).max(63).default(8).describe('Length of the taste vectors.'),
  alternations: z.int().min(1).max(100).default(8).describe('Newton steps of users and of items.'),
  warmAlternations: z
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe('The same from vectors that were fitted on earlier data.'),
  userVariance: z.number().positive().default(1).describe('Variance of a taste around the mean of users alike.'),
  itemVariance: z.number().positive().default(0.3).describe('Variance of an item vector around zero.'),
  activityVariance: z.number().positive().default(1.5).describe('Variance of log activity around its mean.'),
  seed: z.int().default(1),
});
export type FirstPurchaseParams = z.output<typeof firstPurchaseParams>;

/** `weight` of the interactions is the exposure: the time until the first purchase as a share of the observation, 0..1. */
export interface FirstPurchases {
  readonly interactions: Interactions;
  /** Group of each user and log-offset of each item in each group (groups x items), for example by region. */
  readonly group: Uint16Array;
  readonly offsets: Float32Array;
  /** Codes of users for each attribute that tells something of their taste; 0 is unknown. */
  readonly attributes: readonly { readonly codes: Uint16Array; readonly size: number }[];
}

export interface FirstPurchaseModel {
  readonly factors: number;
  /** users x (1 + factors): activity, taste. */
  readonly users: Float64Array;
  /** items x (1 + factors): popularity, taste. */
  readonly items: Float64Array;
}

/** Newton steps for users or items on their own; the likelihood is concave, so they settle fast. */
const USER_STEPS = 4;
const LARGEST_STEP = 1.2;
const LARGEST_LOG_HAZARD = 3;

export function fitFirstPurchases(
  data: FirstPurchases,
  params: FirstPurchaseParams,
  start?: Float64Array,
  onAlternation?: (done: number) => void,
): FirstPurchaseModel {
  const { interactions } = data;
  const width = params.factors + 1;
  const users = new Float64Array(interactions.rows * width);
  const items = start ? start.slice() : initialItems(interactions, params);
  startUsers(interactions, width, users);
  const means = new Float64Array(users.length);
  const alternations = start ? params.warmAlternations : params.alternations;
  for (let done = 1; done <= alternations; done++) {
    stepUsers(data, params, users, items, means);
    stepItems(data, params, users, items);
    attributeMeans(data, params.factors, users, means);
    onAlternation?.(done);
  }
  stepUsers(data, params, users, items, means);
  return { factors: params.factors, users, items };
}

/** Users of new data against fixed items: activity and taste by a few Newton steps from scratch. */
export function estimateUsers(data: FirstPurchases, params: FirstPurchaseParams, items: Float64Array): Float64Array {
  const { interactions } = data;
  const width = params.factors + 1;
  const users = new Float64Array(interactions.rows * width);
  startUsers(interactions, width, users);
  const means = new Float64Array(users.length);
  for (let step = 0; step < USER_STEPS; step++) {
    stepUsers(data, params, users, items, means);
    attributeMeans(data, params.factors, users, means);
  }
  return users;
}

/** Vectors of some items that the model does not know, against fixed users; written into `items`. */
export function estimateItems(
  data: FirstPurchases,
  params: FirstPurchaseParams,
  users: Float64Array,
  items: Float64Array,
  which: readonly number[],
): void {
  const wanted = new Set(which);
  for (let step = 0; step < USER_STEPS; step++) stepItems(data, params, users, items, wanted);
}

/** Log hazard of an item for every user. */
export function logHazards(data: FirstPurchases, model: FirstPurchaseModel, item: number, out: Float32Array): void {
  const width = model.factors + 1;
  const items = data.interactions.items;
  for (let u = 0; u < out.length; u++) {
    let sum = model.users[u * width] + model.items[item * width] + data.offsets[data.group[u] * items + item];
    for (let k = 1; k < width; k++) sum += model.users[u * width + k] * model.items[item * width + k];
    out[u] = sum;
  }
}

/** Log of the sum of every user's hazards over all items. */
export function logTotals(data: FirstPurchases, model: FirstPurchaseModel): Float32Array {
  const { users, items: vectors } = model;
  const { rows, items } = data.interactions;
  const width = model.factors + 1;
  const out = new Float32Array(rows);
  for (let u = 0; u < rows; u++) {
    let sum = 0;
    for (let i = 0; i < items; i++) {
      let log = users[u * width] + vectors[i * width] + data.offsets[data.group[u] * items + i];
      for (let k = 1; k < width; k++) log += users[u * width + k] * vectors[i * width + k];
      sum += Math.exp(Math.min(log, LARGEST_LOG_HAZARD));
    }
    out[u] = Math.log(sum);
  }
  return out;
}

function startUsers({ rows, items, offsets }: Interactions, width: number, users: Float64Array): void {
  for (let u = 0; u < rows; u++) users[u * width] = Math.log((offsets[u + 1] - offsets[u] + 1) / items);
}

function initialItems({ items, item }: Interactions, params: FirstPurchaseParams): Float64Array {
  const width = params.factors + 1;
  const counts = new Float64Array(items);
  for (const i of item) counts[i]++;
  const mean = item.length / items;
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

function stepUsers(
  data: FirstPurchases,
  params: FirstPurchaseParams,
  users: Float64Array,
  items: Float64Array,
  means: Float64Array,
) {
  const { rows, items: n, offsets, item, weight } = data.interactions;
  const width = params.factors + 1;
  const newton = new NewtonStep(width);
  const exposure = new Float64Array(n).fill(1);
  const bought = new Uint8Array(n);
  let activity = 0;
  for (let u = 0; u < rows; u++) activity += users[u * width];
  activity /= Math.max(rows, 1);
  for (let u = 0; u < rows; u++) {
    const base = u * width;
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      exposure[item[at]] = weight[at];
      bought[item[at]] = 1;
    }
    newton.clear();
    const group = data.group[u] * n;
    for (let i = 0; i < n; i++) {
      const b = i * width;
      let log = users[base] + items[b] + data.offsets[group + i];
      for (let k = 1; k < width; k++) log += users[base + k] * items[b + k];
      const expected = Math.exp(Math.min(log, LARGEST_LOG_HAZARD)) * exposure[i];
      newton.add(items, b, bought[i] - expected, expected);
    }
    newton.prior(0, users[base] - activity, params.activityVariance);
    for (let k = 1; k < width; k++) newton.prior(k, users[base + k] - means[base + k], params.userVariance);
    newton.solve(users, base);
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      exposure[item[at]] = 1;
      bought[item[at]] = 0;
    }
  }
}

function stepItems(
  data: FirstPurchases,
  params: FirstPurchaseParams,
  users: Float64Array,
  items: Float64Array,
  wanted?: ReadonlySet<number>,
) {
  const { rows, items: n, offsets, item, weight } = data.interactions;
  const width = params.factors + 1;
  const newtons = new NewtonStep(width);
  // By item: who bought it, and when.
  const first = new Float32Array(rows).fill(1);
  const bought = new Uint8Array(rows);
  const next = offsets.slice(0, rows);
  for (let i = 0; i < n; i++) {
    for (let u = 0; u < rows; u++) {
      const at = next[u];
      if (at < offsets[u + 1] && item[at] === i) {
        next[u]++;
        first[u] = weight[at];
        bought[u] = 1;
      } else {
        first[u] = 1;
        bought[u] = 0;
      }
    }
    if (wanted && !wanted.has(i)) continue;
    const b = i * width;
    newtons.clear();
    for (let u = 0; u < rows; u++) {
      const base = u * width;
      let log = users[base] + items[b] + data.offsets[data.group[u] * n + i];
      for (let k = 1; k < width; k++) log += users[base + k] * items[b + k];
      const expected = Math.exp(Math.min(log, LARGEST_LOG_HAZARD)) * first[u];
      newtons.add(users, base, bought[u] - expected, expected);
    }
    newtons.prior(0, items[b], 20);
    for (let k = 1; k < width; k++) newtons.prior(k, items[b + k], params.itemVariance);
    newtons.solve(items, b);
  }
}

/** Means of taste by attribute, additive over the attributes, shrunk to zero by 30 users' worth (backfitting, one pass). */
function attributeMeans(
  { attributes, interactions }: FirstPurchases,
  factors: number,
  users: Float64Array,
  means: Float64Array,
) {
  const width = factors + 1;
  means.fill(0);
  for (let pass = 0; pass < 2; pass++) {
    for (const { codes, size } of attributes) {
      const sums = new Float64Array(size * width);
      const counts = new Float64Array(size);
      for (let u = 0; u < interactions.rows; u++) {
        counts[codes[u]]++;
        for (let k = 1; k < width; k++) sums[codes[u] * width + k] += users[u * width + k] - means[u * width + k];
      }
      for (let u = 0; u < interactions.rows; u++) {
        const v = codes[u];
        for (let k = 1; k < width; k++) means[u * width + k] += sums[v * width + k] / (counts[v] + 30);
      }
    }
  }
}

/** One Newton step of a Poisson regression in `width` unknowns, the first of which has the constant 1 as its covariate. */
class NewtonStep {
  readonly #width: number;
  readonly #gradient: Float64Array;
  readonly #hessian: Float64Array;

  constructor(width: number) {
    this.#width = width;
    this.#gradient = new Float64Array(width);
    this.#hessian = new Float64Array(width * width);
  }

  clear(): void {
    this.#gradient.fill(0);
    this.#hessian.fill(0);
  }

  add(covariates: Float64Array, at: number, residual: number, expected: number): void {
    const width = this.#width;
    const gradient = this.#gradient;
    const hessian = this.#hessian;
    gradient[0] += residual;
    hessian[0] += expected;
    for (let k = 1; k < width; k++) {
      const value = covariates[at + k];
      gradient[k] += residual * value;
      const weighted = expected * value;
      const row = k * width;
      hessian[row] += weighted;
      for (let l = 1; l <= k; l++) hessian[row + l] += weighted * covariates[at + l];
    }
  }

  prior(k: number, deviation: number, variance: number): void {
    this.#gradient[k] -= deviation / variance;
    this.#hessian[k * this.#width + k] += 1 / variance;
  }

  /** Solves by Cholesky and moves `target`, no coordinate by more than LARGEST_STEP. */
  solve(target: Float64Array, at: number): void {
    const n = this.#width;
    const h = this.#hessian;
    const g = this.#gradient;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = h[i * n + j];
        for (let k = 0; k < j; k++) sum -= h[i * n + k] * h[j * n + k];
        h[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / h[j * n + j];
      }
    }
    for (let i = 0; i < n; i++) {
      let sum = g[i];
      for (let k = 0; k < i; k++) sum -= h[i * n + k] * g[k];
      g[i] = sum / h[i * n + i];
    }
    let largest = 0;
    for (let i = n - 1; i >= 0; i--) {
      let sum = g[i];
      for (let k = i + 1; k < n; k++) sum -= h[k * n + i] * g[k];
      g[i] = sum / h[i * n + i];
      largest = Math.max(largest, Math.abs(g[i]));
    }
    const scale = largest > LARGEST_STEP ? LARGEST_STEP / largest : 1;
    for (let k = 0; k < n; k++) target[at + k] += scale * g[k];
  }
}
