/** First purchases of a view in the form that the taste model is fitted on. */
import { type FirstPurchases, selectItems } from '@kindred/ml/recommendation/first-purchases.ts';
import { groupLifts } from '@kindred/ml/recommendation/group-lifts.ts';
import { brandTokens } from './brand-tokens.ts';
import { offerDays } from './queries.ts';
import type { UserView } from './user-view.ts';
import type { Events, World } from './world.ts';

/** The attribute whose lifts are taken as known: where a brand has shops is no question of taste. */
const PLACE = 'region';

/** Brands that are modelled at most: time and memory grow with them, and what the rarest say of a taste is little. */
const MAX_BRANDS = 2000;

/** Share of the offers that are no longer than a long one. */
const LONG = 0.95;

export interface ViewPurchases {
  readonly data: FirstPurchases;
  /** Brand of each item of the data: positions in the world's brands, ascending. */
  readonly brands: Int32Array;
  /** Position of the attribute whose lifts the offsets are, -1 where there is none. */
  readonly place: number;
  /** Log of the share of the history that each user was there for: hazards are over a whole one. */
  readonly presence: Float32Array;
}

export function firstPurchases(world: World, view: UserView): ViewPurchases {
  const joined = joinedDays(world, view.day);
  const shares = Float32Array.from(joined, (day) => Math.max(view.day - day, 1) / view.day);
  const presence = shares.map(Math.log);
  const place = world.attributes.findIndex(({ name }) => name === PLACE);
  const data = allPurchases(world, view, place, joined, [...activityCovariates(world, view, shares), presence]);
  const brands = modelledBrands(world);
  const modelled = brands.length === world.brandIds.length ? data : selectItems(data, [...brands]);
  return { data: modelled, brands, place, presence };
}

/**
 * All brands where they are few. Of many, those that anybody bought in the whole version, so that every view of it models the
 * same: brands with offers first, then those bought most; ascending.
 */
function modelledBrands(world: World): Int32Array {
  const all = Int32Array.from(world.brandIds, (_, b) => b);
  if (all.length <= MAX_BRANDS) return all;
  const bought = new Float64Array(all.length);
  for (const b of world.transactions.brand) if (b >= 0) bought[b]++;
  const offered = new Set(world.offers.brand);
  const rank = (b: number) => (offered.has(b) && bought[b] > 0 ? 1 : 0);
  return all
    .filter((b) => bought[b] > 0)
    .sort((a, b) => rank(b) - rank(a) || bought[b] - bought[a] || a - b)
    .slice(0, MAX_BRANDS)
    .sort();
}

function allPurchases(
  world: World,
  view: UserView,
  place: number,
  joined: Int32Array,
  activity: Float32Array[],
): FirstPurchases {
  const { offsets, key } = view.pairs;
  const { codes: group, values } = world.attributes[place] ?? {
    codes: new Uint16Array(offsets.length - 1),
    values: [''],
  };
  const interactions = {
    rows: offsets.length - 1,
    items: world.brandIds.length,
    offsets,
    item: key,
    weight: exposures(view, world.brandIds.length, joined),
  };
  return {
    interactions,
    group,
    offsets: placeLifts(interactions, view, group, values.length),
    attributes: world.attributes.map(({ codes, values }) => ({ codes, size: values.length })),
    activity,
    tokens: brandTokens(world),
  };
}

/**
 * How often a user buys at all, and how readily offers are taken up: both make first purchases more frequent. Counts against
 * their expectation, shrunk as the mean of a gamma distribution is (Clayton and Kaldor, "Empirical Bayes estimates of
 * age-standardized relative risks", Biometrics 1987). @param shares of the history that each user was there for
 */
function activityCovariates(world: World, view: UserView, shares: Float32Array): Float32Array[] {
  const { numeric } = view;
  return [
    logRates(countsBefore(world.transactions, view.day), shares),
    numeric.tx_count_30d.map((count) => Math.log(count + 0.5)),
    logRates(countsBefore(world.activations, view.day), countsBefore(world.seens, view.day)),
    numeric.offers_seen_30d.map((count) => Math.log(count + 1)),
  ];
}

/** Events at the mean rate that a user's own rate is shrunk by. */
const PRIOR_EVENTS = 2;

function logRates(counts: Float32Array, exposures: Float32Array): Float32Array {
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
  const rate = sum(counts) / Math.max(sum(exposures), 1e-9);
  return counts.map((count, u) => Math.log((count + PRIOR_EVENTS) / (rate * exposures[u] + PRIOR_EVENTS)));
}

function countsBefore({ offsets, day: days }: Events, day: number): Float32Array {
  return Float32Array.from({ length: offsets.length - 1 }, (_, u) => {
    let at = offsets[u];
    while (at < offsets[u + 1] && days[at] < day) at++;
    return at - offsets[u];
  });
}

/**
 * Day from which each user was there. The first purchase or activation comes later than that, by as much as the user's pace has
 * them lie apart; the first offer shown began before it, by an offer's length at most.
 */
function joinedDays(world: World, day: number): Int32Array {
  const { transactions, activations, seens } = world;
  const shown = offerDays(world, LONG);
  const bought = countsBefore(transactions, day);
  const answered = countsBefore(activations, day);
  const users = bought.length;
  let events = 0;
  for (let u = 0; u < users; u++) events += bought[u] + answered[u];
  const usual = Math.max(events, 1) / (users * day);
  return Int32Array.from(bought, (count, u) => {
    const first = Math.min(firstDay(transactions, u, day), firstDay(activations, u, day));
    const seen = firstDay(seens, u, day);
    const later = Math.max(count + answered[u] - 1, 0);
    const pace = (later + PRIOR_EVENTS) / (day - first + PRIOR_EVENTS / usual);
    return Math.max(0, seen < day ? seen : 0, Math.min(Math.round(first - 1 / pace), seen + shown, day - 1));
  });
}

/** Day of the user's first event, or the day itself where none came before it. */
const firstDay = ({ offsets, day: days }: Events, u: number, day: number): number =>
  offsets[u] < offsets[u + 1] ? Math.min(days[offsets[u]], day) : day;

/** Log of how many more customers a brand has in a place than chance would give it: places x brands; unknown places have none. */
function placeLifts(
  interactions: FirstPurchases['interactions'],
  view: UserView,
  group: Uint16Array,
  places: number,
): Float32Array {
  const { items } = interactions;
  const people = new Float64Array(places);
  for (const place of group) people[place]++;
  const byChance = new Float64Array(places * items);
  for (let b = 0; b < items; b++) {
    const customers = view.customers.offsets[b + 1] - view.customers.offsets[b];
    for (let place = 0; place < places; place++)
      byChance[place * items + b] = (customers * people[place]) / group.length;
  }
  return groupLifts({ interactions, group }, byChance);
}

/**
 * How much of a brand's pull each customer had been exposed to when the first purchase came, 0..1. Pull is not even in
 * time: offers and seasons come and go. So time runs by the brand's own clock, the cumulative hazard of first purchases
 * over all users (Nelson, "Theory and applications of hazard plotting", 1972; Aalen, 1978), from the day the user joined.
 */
function exposures(view: UserView, brands: number, joined: Int32Array): Float32Array {
  const { offsets, key, first } = view.pairs;
  const users = offsets.length - 1;
  const days = view.day;
  const firsts = new Float64Array(brands * days);
  for (let at = 0; at < key.length; at++) firsts[key[at] * days + first[at]]++;
  // From counts to the cumulative hazard at the middle of each day, as a share of that at the end.
  for (let b = 0; b < brands; b++) {
    let waiting = users;
    let hazard = 0;
    const middles = firsts.subarray(b * days, (b + 1) * days);
    for (let day = 0; day < days; day++) {
      const step = middles[day] / Math.max(waiting, 1);
      waiting -= middles[day];
      middles[day] = hazard + step / 2;
      hazard += step;
    }
    for (let day = 0; day < days; day++) middles[day] = hazard > 0 ? middles[day] / hazard : 1;
  }
  const out = new Float32Array(key.length);
  for (let u = 0; u < users; u++) {
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      const clock = key[at] * days;
      const before = joined[u] > 0 ? firsts[clock + joined[u] - 1] : 0;
      out[at] = Math.max((firsts[clock + first[at]] - before) / Math.max(1 - before, 1e-3), 1e-3);
    }
  }
  return out;
}
