/** Ranks the users who are not yet customers of an offer's brand. */
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import { type BrandAffinity, brandAffinity } from './brand-affinity.ts';
import { FEATURES, type FeatureSource, fillRows, type OfferTerms } from './features.ts';
import { rawScores } from './ranker.ts';
import { type BrandVectors, tasteOf, type ViewTaste } from './taste.ts';
import { STEP } from './training-plan.ts';
import { type UserView, viewUsers } from './user-view.ts';
import type { World } from './world.ts';

/** A view with the tastes that a model sees in it. */
export interface ModelView {
  readonly view: UserView;
  readonly taste: ViewTaste;
}

export const modelView = (world: World, brands: BrandVectors, day: number): ModelView => {
  const view = viewUsers(world, day);
  return { view, taste: tasteOf(world, view, brands) };
};

/**
 * The day that an offer is seen from: the day after the snapshot for those still to come, and else the latest on or before its
 * start of those that lie whole weeks before that day, so that a few views serve all offers.
 */
export function viewDay({ lastDay }: World, start: number): number {
  const latest = lastDay + 1;
  return Math.max(1, latest - STEP * Math.ceil(Math.max(0, latest - start) / STEP));
}

export interface Ranking {
  /** Positions of users, best first. */
  readonly users: Int32Array;
  /** Raw scores of the ranker. */
  readonly scores: Float64Array;
  readonly source: FeatureSource;
}

/** Users that the trees look at; beyond them a cheap score decides. Small versions are scored whole. */
const MAX_CANDIDATES = 6000;

export function rankAudience(
  world: World,
  { view, taste }: ModelView,
  boosting: GradientBoostingModel,
  brand: number,
  offer: OfferTerms,
  topN: number,
  /** First day of the offer: who became a customer between the view and that day is none of its audience either. */
  start = view.day,
): Ranking {
  const affinity = brandAffinity(world, view, taste, brand);
  markCustomers(world, brand, view.day, start, affinity.customer);
  const source: FeatureSource = { view, affinity, offer };
  const users = candidates(view, affinity, Math.max(MAX_CANDIDATES, 2 * topN));
  const rows = new Float32Array(users.length * FEATURES.length);
  fillRows(source, users, rows);
  const scores = rawScores(boosting, rows, users.length);
  const order = bestFirst(scores, users, topN);
  return { users: order.map((at) => users[at]), scores: Float64Array.from(order, (at) => scores[at]), source };
}

/** Marks those who bought at the brand on a day from `from` on and before `until`. */
function markCustomers(
  { transactions }: World,
  brand: number,
  from: number,
  until: number,
  customer: Uint8Array,
): void {
  if (brand < 0 || until <= from) return;
  const { offsets, day, brand: brands } = transactions;
  for (let u = 0; u < customer.length; u++) {
    for (let at = offsets[u + 1] - 1; at >= offsets[u] && day[at] >= from; at--) {
      if (brands[at] === brand && day[at] < until) customer[u] = 1;
    }
  }
}

/** How promising a user is at a glance: taste, kinship of brands, and appetite for new brands. */
export const appeal = (view: UserView, affinity: BrandAffinity, u: number): number =>
  affinity.taste.hazard[u] + affinity.itemLift[u] + Math.log1p(view.numeric.new_brands_30d[u]);

function candidates(view: UserView, affinity: BrandAffinity, limit: number): Int32Array {
  const { customer } = affinity;
  const all: number[] = [];
  for (let u = 0; u < customer.length; u++) if (!customer[u]) all.push(u);
  if (all.length <= limit) return Int32Array.from(all);
  const scores = Float32Array.from(all, (u) => appeal(view, affinity, u));
  const threshold = scores.toSorted()[all.length - limit];
  return Int32Array.from(all.filter((_, at) => scores[at] >= threshold));
}

/** Positions of the `top` highest scores; equal scores in order of users, so that the answer is always the same. */
function bestFirst(scores: Float64Array, users: Int32Array, top: number): Int32Array {
  let threshold = Number.NEGATIVE_INFINITY;
  if (scores.length > top) threshold = scores.toSorted()[scores.length - top];
  const kept: number[] = [];
  for (let at = 0; at < scores.length; at++) if (scores[at] >= threshold) kept.push(at);
  return Int32Array.from(kept.sort((a, b) => scores[b] - scores[a] || users[a] - users[b]).slice(0, top));
}
