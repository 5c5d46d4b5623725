/** Which questions a version can be trained and judged on: the offers it has seen run, and brands without offers to fill up. */
import { type BrandEvents, minimumCheque, newCustomers, offerDays, type Query } from './queries.ts';
import type { World } from './world.ts';

/** A day whose view answers the questions that start in the days from it on. */
export interface Cut {
  readonly day: number;
  readonly queries: readonly Query[];
}

export interface TrainingPlan {
  /** Typical length of an offer, as far as the history allows. */
  readonly windowDays: number;
  /** Windows of the judged ranker's training end before this day; the judgement starts on it. */
  readonly holdoutDay: number;
  /** Oldest first. */
  readonly training: readonly Cut[];
  readonly holdout: readonly Cut[];
  /** Further questions for the published ranker: those that the judged one may not see, in full length. */
  readonly recent: readonly Cut[];
}

export interface PlanLimits {
  /** Questions of a cut at most. */
  readonly queriesPerCut: number;
  /** Brands without an offer fill a cut up to this many questions. */
  readonly fillTo: number;
  /** New customers that a question needs: with fewer there is nothing to rank. */
  readonly minPositives: number;
}

const MIN_WINDOW = 7;
const MAX_WINDOW = 30;
/** Days between cuts: how old a view may be for a question, in training and in service. */
export const STEP = 7;
const MAX_TRAINING_CUTS = 8;
const HOLDOUT_CUTS = 2;
/** Share of the history that must lie before the earliest cut, so that users are known when the question is asked. */
const MIN_HISTORY = 0.3;

export function planTraining(world: World, byBrand: BrandEvents, limits: PlanLimits): TrainingPlan {
  const history = world.lastDay + 1;
  const windowDays = Math.max(
    Math.min(MIN_WINDOW, Math.max(1, Math.floor(history / 4))),
    Math.min(offerDays(world, 0.5), MAX_WINDOW, Math.floor(history / 4)),
  );
  const holdoutDay = history - windowDays;
  const earliest = Math.max(1, Math.floor(history * MIN_HISTORY));
  const shortest = Math.min(MIN_WINDOW, windowDays);
  const cutAt = (day: number, lastDay: number): Cut => ({
    day,
    queries: chooseQueries(world, byBrand, day, lastDay, windowDays, limits),
  });
  const training: Cut[] = [];
  for (let day = holdoutDay - shortest; training.length < MAX_TRAINING_CUTS && day >= earliest; day -= STEP) {
    training.unshift(cutAt(day, holdoutDay - 1));
  }
  if (training.length === 0) training.push(cutAt(Math.max(1, holdoutDay - shortest), holdoutDay - 1));
  const holdout: Cut[] = [];
  const recent: Cut[] = [];
  for (let day = holdoutDay; day <= history - shortest; day += STEP) {
    const cut = cutAt(day, history - 1);
    recent.push(cut);
    if (holdout.length < HOLDOUT_CUTS) holdout.push(cut);
  }
  return { windowDays, holdoutDay, training, holdout, recent };
}

/** Offers that start within a step of the cut, evenly thinned out; then brands without one, most new customers first. */
function chooseQueries(
  world: World,
  byBrand: BrandEvents,
  day: number,
  lastDay: number,
  windowDays: number,
  limits: PlanLimits,
): Query[] {
  const { brand, start, end, texts } = world.offers;
  const offered: Query[] = [];
  const taken = new Set<number>();
  for (let o = 0; o < brand.length; o++) {
    if (brand[o] < 0 || start[o] < day || start[o] >= day + STEP || taken.has(brand[o])) continue;
    const query = { brand: brand[o], start: start[o], end: Math.min(end[o], lastDay), cheque: minimumCheque(texts[o]) };
    if (query.end < query.start || newCustomers(byBrand, query).length < limits.minPositives) continue;
    taken.add(query.brand);
    offered.push(query);
  }
  const queries = spread(offered, limits.queriesPerCut);
  if (queries.length >= limits.fillTo) return queries;
  const others: { query: Query; positives: number }[] = [];
  for (let b = 0; b < world.brandIds.length; b++) {
    if (taken.has(b)) continue;
    const query = { brand: b, start: day, end: Math.min(day + windowDays - 1, lastDay), cheque: 0 };
    const positives = newCustomers(byBrand, query).length;
    if (positives >= limits.minPositives) others.push({ query, positives });
  }
  others.sort((a, b) => b.positives - a.positives || a.query.brand - b.query.brand);
  return [...queries, ...others.slice(0, limits.fillTo - queries.length).map(({ query }) => query)];
}

/** Evenly spaced members of a list. */
export function spread<T>(items: readonly T[], limit: number): T[] {
  if (items.length <= limit) return [...items];
  return Array.from({ length: limit }, (_, at) => items[Math.floor((at * items.length) / limit)]);
}
