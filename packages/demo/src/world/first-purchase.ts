import type { Day } from './calendar.ts';
import type { Offer } from './offers.ts';
import { chequeMatch, pullEnd } from './offers.ts';
import type { Clock } from './purchases.ts';
import { timeAt } from './purchases.ts';

/** Offers of each brand, by brand index. */
export type OffersByBrand = ReadonlyMap<number, readonly Offer[]>;

export function offersByBrand(offers: readonly Offer[]): OffersByBrand {
  const map = new Map<number, Offer[]>();
  for (const offer of offers) {
    const list = map.get(offer.brand);
    if (list) list.push(offer);
    else map.set(offer.brand, [offer]);
  }
  return map;
}

/**
 * Effective time that a client is exposed to a brand over [from, until) (in effective time), where a running offer counts
 * as many times as it makes the pull stronger. Times the rate of new purchases and the brand's share of them, this is the
 * expected number of first purchases.
 */
export function exposureTime(
  clock: Clock,
  offers: readonly Offer[] | undefined,
  from: number,
  until: number,
  response: number,
  usualLogAmount: number,
): number {
  let time = Math.max(0, until - from);
  for (const offer of offers ?? []) {
    const low = Math.max(from, timeAt(clock, offer.start));
    const high = Math.min(until, timeAt(clock, pullEnd(offer) + 1));
    if (high > low) time += (high - low) * offer.uplift * response * chequeMatch(offer, usualLogAmount);
  }
  return time;
}

/** Exposure before and within an offer's window, as seen from the end of a snapshot. */
export interface WindowExposure {
  readonly gap: number;
  readonly window: number;
}

export function windowExposure(
  clock: Clock,
  offers: readonly Offer[] | undefined,
  until: Day,
  start: Day,
  end: Day,
  response: number,
  usualLogAmount: number,
): WindowExposure {
  const now = timeAt(clock, until + 1);
  const opens = timeAt(clock, start);
  const closes = timeAt(clock, end + 1);
  return {
    gap: exposureTime(clock, offers, now, opens, response, usualLogAmount),
    window: exposureTime(clock, offers, opens, closes, response, usualLogAmount),
  };
}

/** Chance that the first purchase falls into the window and not into the gap, for an intensity per unit of exposure. */
export function firstPurchaseChance(intensity: number, exposure: WindowExposure): number {
  return Math.exp(-intensity * exposure.gap) * (1 - Math.exp(-intensity * exposure.window));
}
