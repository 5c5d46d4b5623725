/**
 * How close each user is to a brand, seen from a view: by latent taste, by the brands that the brand's customers also
 * buy, and by the profile of its customers against everybody. Every score is computed for all users of the view.
 */

import type { Pairs } from './pairs.ts';
import { type TasteScores, tasteScores, type ViewTaste } from './taste.ts';
import type { UserView } from './user-view.ts';
import type { World } from './world.ts';

/** Customers that the population's shares count for; a brand with few customers says little about their profile. */
const PRIOR_CUSTOMERS = 20;

export interface BrandAffinity {
  /** Whether the user is a customer already: never in an audience. */
  readonly customer: Uint8Array;
  /** Log hazard of a first purchase, and the brand's share in all of them, about their means. */
  readonly taste: TasteScores;
  readonly itemCosine: Float32Array;
  readonly itemLift: Float32Array;
  readonly bestItemLift: Float32Array;
  /** Per profile attribute: log lift of each value among the brand's customers. Index: code. */
  readonly lifts: readonly Float32Array[];
  readonly receiptLift: Float32Array;
  readonly activated: Float32Array;
  /** Mean log amount at the brand; NaN where unknown. */
  readonly amount: number;
  readonly query: Readonly<Record<QueryFeature, number>>;
}

export const QUERY_FEATURES = ['brand_customers', 'brand_new_rate', 'brand_repeat'] as const;
export type QueryFeature = (typeof QUERY_FEATURES)[number];

/** @param brand position of the brand, or -1 for an offer without one: then only what holds for any brand counts. */
export function brandAffinity(world: World, view: UserView, taste: ViewTaste, brand: number): BrandAffinity {
  const users = world.userIds.length;
  const { offsets, user } = view.customers;
  const customers = brand < 0 ? user.subarray(0, 0) : user.subarray(offsets[brand], offsets[brand + 1]);
  const customer = new Uint8Array(users);
  for (const u of customers) customer[u] = 1;
  return {
    customer,
    taste: tasteScores(taste, brand, customer),
    ...coPurchase(world, view, customers, customer),
    lifts: view.profile.map(({ codes, values }) => lifts(codes, values.length, customers)),
    receiptLift: receiptLift(view.categories, world.categories.length, customers, users),
    activated: activatedCounts(view.activated, brand, users),
    amount: brand < 0 ? Number.NaN : view.brandAmount[brand],
    query: queryFeatures(view, customers, brand, users),
  };
}

/** What customers of the brand also buy: cosine of the user sets, and the log lift over chance, shrunk to the population. */
function coPurchase(world: World, view: UserView, customers: Int32Array, customer: Uint8Array) {
  const brands = world.brandIds.length;
  const users = customer.length;
  const { offsets, key } = view.pairs;
  const together = new Float64Array(brands);
  for (const u of customers) for (let at = offsets[u]; at < offsets[u + 1]; at++) together[key[at]]++;
  const cosine = new Float32Array(brands);
  const lift = new Float32Array(brands);
  for (let b = 0; b < brands; b++) {
    const size = view.customers.offsets[b + 1] - view.customers.offsets[b];
    if (size === 0) continue;
    const share = size / users;
    cosine[b] = together[b] / Math.sqrt((customers.length + PRIOR_CUSTOMERS) * (size + PRIOR_CUSTOMERS));
    lift[b] = Math.log((together[b] + PRIOR_CUSTOMERS * share) / ((customers.length + PRIOR_CUSTOMERS) * share));
  }
  const itemCosine = new Float32Array(users);
  const itemLift = new Float32Array(users);
  const bestItemLift = new Float32Array(users);
  for (let u = 0; u < users; u++) {
    let cosines = 0;
    let sum = 0;
    let best = 0;
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      const value = lift[key[at]];
      cosines += cosine[key[at]];
      sum += value;
      if (value > best) best = value;
    }
    itemCosine[u] = cosines;
    itemLift[u] = sum / (offsets[u + 1] - offsets[u] + 5);
    bestItemLift[u] = best;
  }
  return { itemCosine: standardise(itemCosine, customer), itemLift: standardise(itemLift, customer), bestItemLift };
}

function lifts(codes: Uint16Array, values: number, customers: Int32Array): Float32Array {
  const everyone = new Float64Array(values);
  for (let u = 0; u < codes.length; u++) everyone[codes[u]]++;
  const among = new Float64Array(values);
  for (const u of customers) among[codes[u]]++;
  const out = new Float32Array(values);
  for (let v = 0; v < values; v++) {
    if (everyone[v] === 0) continue;
    const share = everyone[v] / codes.length;
    out[v] = Math.log((among[v] + PRIOR_CUSTOMERS * share) / ((customers.length + PRIOR_CUSTOMERS) * share));
  }
  return out;
}

/** Mean log lift of the categories on a user's receipts, weighted by how many receipts carry them. */
function receiptLift(categories: Pairs, count: number, customers: Int32Array, users: number): Float32Array {
  const { offsets, key, count: receipts } = categories;
  const out = new Float32Array(users);
  const everyone = new Float64Array(count);
  const among = new Float64Array(count);
  const addShares = (u: number, to: Float64Array) => {
    let total = 0;
    for (let at = offsets[u]; at < offsets[u + 1]; at++) total += receipts[at];
    for (let at = offsets[u]; at < offsets[u + 1]; at++) to[key[at]] += receipts[at] / total;
    return total > 0 ? 1 : 0;
  };
  let known = 0;
  let knownCustomers = 0;
  for (let u = 0; u < users; u++) known += addShares(u, everyone);
  for (const u of customers) knownCustomers += addShares(u, among);
  if (known === 0) return out;
  const lift = Float64Array.from(everyone, (total, c) =>
    total === 0
      ? 0
      : Math.log(
          (among[c] + (PRIOR_CUSTOMERS * total) / known) / (((knownCustomers + PRIOR_CUSTOMERS) * total) / known),
        ),
  );
  for (let u = 0; u < users; u++) {
    let sum = 0;
    let total = 0;
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      sum += receipts[at] * lift[key[at]];
      total += receipts[at];
    }
    out[u] = total > 0 ? sum / total : 0;
  }
  return out;
}

function activatedCounts(activated: Pairs, brand: number, users: number): Float32Array {
  const out = new Float32Array(users);
  for (let u = 0; u < users; u++) {
    for (let at = activated.offsets[u]; at < activated.offsets[u + 1]; at++) {
      if (activated.key[at] === brand) out[u] = activated.count[at];
    }
  }
  return out;
}

function queryFeatures(
  view: UserView,
  customers: Int32Array,
  brand: number,
  users: number,
): Record<QueryFeature, number> {
  const { offsets, key, first, count } = view.pairs;
  let fresh = 0;
  let purchases = 0;
  for (const u of customers) {
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      if (key[at] !== brand) continue;
      purchases += count[at];
      if (view.day - first[at] <= 30) fresh++;
    }
  }
  return {
    brand_customers: Math.log1p((1000 * customers.length) / users),
    brand_new_rate: Math.log((fresh + 1) / (users - customers.length + 1)),
    brand_repeat: customers.length > 0 ? purchases / customers.length : 0,
  };
}

/** To mean 0 and deviation 1 over those who may be in the audience, so that values compare between brands and versions. */
function standardise(values: Float32Array, customer: Uint8Array): Float32Array {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let u = 0; u < values.length; u++) {
    if (customer[u]) continue;
    count++;
    sum += values[u];
    squares += values[u] * values[u];
  }
  const mean = count > 0 ? sum / count : 0;
  const deviation = Math.sqrt(Math.max(squares / Math.max(count, 1) - mean * mean, 0));
  const scale = deviation > 1e-12 ? 1 / deviation : 0;
  for (let u = 0; u < values.length; u++) values[u] = (values[u] - mean) * scale;
  return values;
}
