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
 * Effective time that a client is exposed to a brand. `plain` is the time itself; `offered` adds, for every running
 * offer, its time as often as it makes the pull stronger for a client of average response. The expected number of first
 * purchases is rate * share * (plain + response * offered).
 */
export interface Exposed {
  readonly plain: number;
  readonly offered: number;
}

/** Exposure over [from, until), both in effective time. */
export function exposed(
  clock: Clock,
  offers: readonly Offer[] | undefined,
  from: number,
  until: number,
  usualLogAmount: number,
): Exposed {
  let offered = 0;
  for (const offer of offers ?? []) {
    const low = Math.max(from, timeAt(clock, offer.start));
    const high = Math.min(until, timeAt(clock, pullEnd(offer) + 1));
    if (high > low) offered += (high - low) * offer.uplift * chequeMatch(offer, usualLogAmount);
  }
  return { plain: Math.max(0, until - from), offered };
}

/** How many times stronger the offers running at a moment make the pull, for a client of average response. */
export function upliftAt(
  clock: Clock,
  offers: readonly Offer[] | undefined,
  time: number,
  usualLogAmount: number,
): number {
  let uplift = 0;
  for (const offer of offers ?? []) {
    if (time < timeAt(clock, offer.start) || time >= timeAt(clock, pullEnd(offer) + 1)) continue;
    uplift += offer.uplift * chequeMatch(offer, usualLogAmount);
  }
  return uplift;
}

/** Exposure before and within an offer's window, as seen from the end of a snapshot. */
export interface WindowExposure {
  readonly gap: Exposed;
  readonly window: Exposed;
}

export function windowExposure(
  clock: Clock,
  offers: readonly Offer[] | undefined,
  until: Day,
  start: Day,
  end: Day,
  usualLogAmount: number,
): WindowExposure {
  const opens = timeAt(clock, start);
  return {
    gap: exposed(clock, offers, timeAt(clock, until + 1), opens, usualLogAmount),
    window: exposed(clock, offers, opens, timeAt(clock, end + 1), usualLogAmount),
  };
}

/** Chance that the first purchase falls into the window and not into the gap. */
export function firstPurchaseChance(intensity: number, response: number, { gap, window }: WindowExposure): number {
  const before = intensity * (gap.plain + response * gap.offered);
  return Math.exp(-before) * (1 - Math.exp(-intensity * (window.plain + response * window.offered)));
}
