import { hashText, Random, uniformOf } from '../random.ts';
import { logPulls, shares } from './affinity.ts';
import type { Brands } from './brands.ts';
import type { Day } from './calendar.ts';
import type { Client } from './clients.ts';
import type { Law } from './law.ts';
import type { Offer } from './offers.ts';
import { chequeMatch, pullEnd } from './offers.ts';

/** One purchase. */
export interface Purchase {
  readonly day: Day;
  readonly brand: number;
  readonly logAmount: number;
  readonly online: boolean;
}

/** One stretch of the calendar under one law, as seen by one client. */
export interface Stretch {
  readonly from: Day;
  readonly law: Law;
  readonly brands: Brands;
  readonly client: Client;
}

/** Effective time: days weighted by the calendar and by the law's frequency. `at[i]` is the time at the start of day `first + i`. */
export interface Clock {
  readonly first: Day;
  readonly at: Float64Array;
}

const PURCHASES = hashText('purchases');
const RESPONSE = hashText('response');
/** How many of the latest purchases a habit draws from. */
const HABIT_MEMORY = 60;
/** How often a brand that is not in business yet is drawn again. */
const REDRAWS = 40;
const AMOUNT_NOISE = 0.5;
/** Standard deviation of a log-amount over all purchases, the unit of the amount drift. */
export const AMOUNT_SIGMA = 1.25;
/** Log-odds of an online purchase per unit of share: what moves the share of online purchases by about the declared points. */
export const ONLINE_POINTS = 8;
/** Standard deviation of the clients' log-activity, the unit of the frequency drift. */
export const ACTIVITY_SIGMA = 1.6;

function dayAt(clock: Clock, time: number): Day {
  const { at } = clock;
  let low = 0;
  let high = at.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) <= time) low = middle;
    else high = middle;
  }
  return clock.first + low;
}

export function timeAt(clock: Clock, day: Day): number {
  const index = Math.min(Math.max(0, day - clock.first), clock.at.length - 1);
  return clock.at[index] as number;
}

/** Expected new purchases per unit of effective time of a client. */
export function newPurchaseRate(perDay: number, logActivity: number, habit: number): number {
  return perDay * Math.exp(logActivity + LOG_MEAN) * (1 - habit);
}

function pickBrand(cumulative: Float64Array, uniform: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) <= uniform) low = middle + 1;
    else high = middle;
  }
  return low;
}

function runningSum(table: Float64Array): Float64Array {
  const sums = new Float64Array(table.length);
  let sum = 0;
  for (let b = 0; b < table.length; b++) {
    sum += table[b] as number;
    sums[b] = sum;
  }
  return sums;
}

function purchase(day: Day, brand: number, stretch: Stretch, random: Random): Purchase {
  const { brands, client, law } = stretch;
  const logit = (brands.onlineLogit[brand] as number) + client.online + law.online * ONLINE_POINTS;
  const logAmount =
    (brands.logAmount[brand] as number) + client.logAmount + AMOUNT_NOISE * random.normal() + law.amount * AMOUNT_SIGMA;
  return { day, brand, logAmount, online: random.next() < 1 / (1 + Math.exp(-logit)) };
}

export interface PurchaseSource {
  readonly seed: number;
  readonly perDay: number;
  readonly clock: Clock;
  /** Offers with a brand, in order of their start. */
  readonly offers: readonly Offer[];
}

/**
 * The shares of a client's new purchases in each stretch. Stretches whose brands and client are the same objects share
 * one computation.
 */
function shareTables(stretches: readonly Stretch[]): Float64Array[] {
  const tables: Float64Array[] = [];
  stretches.forEach((stretch, i) => {
    const before = stretches[i - 1];
    if (before && before.brands === stretch.brands && before.client === stretch.client) {
      tables.push(tables[i - 1] as Float64Array);
      return;
    }
    const { brands, client } = stretch;
    const pulls = logPulls(
      brands,
      { taste: client.taste, online: client.online, home: client.home },
      new Float64Array(brands.count),
    );
    tables.push(shares(pulls, pulls));
  });
  return tables;
}

function stretchAt(stretches: readonly Stretch[], day: Day): number {
  let i = stretches.length - 1;
  while (i > 0 && (stretches[i] as Stretch).from > day) i--;
  return i;
}

/** Extra purchases that offers bring about: a Poisson stream of its own for each (client, offer). */
function responses(
  source: PurchaseSource,
  stretches: readonly Stretch[],
  tables: readonly Float64Array[],
): { time: number; brand: number; offer: number }[] {
  const { clock } = source;
  const client = (stretches[0] as Stretch).client;
  const rate = newPurchaseRate(source.perDay, client.logActivity, client.habit);
  const out: { time: number; brand: number; offer: number }[] = [];
  const end = clock.at[clock.at.length - 1] as number;
  for (const offer of source.offers) {
    const from = timeAt(clock, Math.max(offer.start, client.joined));
    const until = Math.min(timeAt(clock, pullEnd(offer) + 1), end);
    if (until <= from) continue;
    const i = stretchAt(stretches, offer.start);
    const stretch = stretches[i] as Stretch;
    if ((stretch.brands.born[offer.brand] as number) > offer.start) continue;
    const usual = (stretch.brands.logAmount[offer.brand] as number) + client.logAmount;
    const pull =
      rate *
      ((tables[i] as Float64Array)[offer.brand] as number) *
      offer.uplift *
      Math.exp(client.logResponse) *
      chequeMatch(offer, usual);
    const wait = -Math.log(uniformOf(source.seed, RESPONSE, client.index, offer.index)) / pull;
    if (from + wait < until) out.push({ time: from + wait, brand: offer.brand, offer: offer.index });
  }
  return out.sort((a, b) => a.time - b.time);
}

/**
 * All purchases of a client in time order, from joining to the end of the clock. Purchases before a day do not depend on
 * laws from that day on: a longer history has the shorter one as its beginning.
 */
export function simulatePurchases(source: PurchaseSource, stretches: readonly Stretch[]): Purchase[] {
  const { clock } = source;
  const tables = shareTables(stretches);
  const client = (stretches[0] as Stretch).client;
  const extra = responses(source, stretches, tables);
  const random = new Random(source.seed, PURCHASES, client.index);
  const rate = source.perDay * Math.exp(client.logActivity + LOG_MEAN);
  const end = clock.at[clock.at.length - 1] as number;
  const out: Purchase[] = [];
  let time = timeAt(clock, client.joined) + random.exponential() / rate;
  let next = 0;
  let cumulativeOf = -1;
  let cumulative: Float64Array = new Float64Array(0);
  while (true) {
    const answer = extra[next];
    const offered = answer !== undefined && answer.time < time;
    const now = offered ? answer.time : time;
    if (now >= end) return out;
    const day = dayAt(clock, now);
    const i = stretchAt(stretches, day);
    const stretch = stretches[i] as Stretch;
    if (offered) {
      next++;
      out.push(purchase(day, answer.brand, stretch, new Random(source.seed, RESPONSE, client.index, answer.offer)));
      continue;
    }
    if (cumulativeOf !== i) {
      cumulative = runningSum(tables[i] as Float64Array);
      cumulativeOf = i;
    }
    const habit = random.next() < client.habit && out.length > 0;
    const choice = random.next();
    let brand: number;
    if (habit) {
      const back = Math.floor(choice * Math.min(out.length, HABIT_MEMORY));
      brand = (out[out.length - 1 - back] as Purchase).brand;
    } else {
      brand = pickBrand(cumulative, choice);
      for (let i = 0; i < REDRAWS && (stretch.brands.born[brand] as number) > day; i++) {
        brand = pickBrand(cumulative, random.next());
      }
    }
    out.push(purchase(day, brand, stretch, random));
    time += random.exponential() / rate;
  }
}
/** Makes the mean activity over clients about 1. */
export const LOG_MEAN = -1;
