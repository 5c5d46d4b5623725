/**
 * Training questions: "who became a new customer of this brand in this window?", asked of the past. Features are taken
 * from a view that ends before the window starts.
 */
import { NO_END, type World } from './world.ts';

export interface Query {
  readonly brand: number;
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
  /** Minimum cheque of the offer, 0 where there is none. */
  readonly cheque: number;
}

/** Users who bought at the brand in the window and never before it; ascending. */
export function newCustomers(byBrand: BrandEvents, { brand, start, end }: Query): Int32Array {
  const { offsets, user, day } = byBrand;
  const out: number[] = [];
  for (let at = offsets[brand]; at < offsets[brand + 1]; ) {
    // Events of a user are together, by day: the first one decides.
    const u = user[at];
    if (day[at] >= start && day[at] <= end) out.push(u);
    while (at < offsets[brand + 1] && user[at] === u) at++;
  }
  return Int32Array.from(out);
}

/** Transactions by brand, then user, then day. */
export interface BrandEvents {
  readonly offsets: Int32Array;
  readonly user: Int32Array;
  readonly day: Uint16Array;
}

export function eventsByBrand(world: World): BrandEvents {
  const { offsets: byUser, brand, day: days } = world.transactions;
  const brands = world.brandIds.length;
  const offsets = new Int32Array(brands + 1);
  for (const b of brand) if (b >= 0) offsets[b + 1]++;
  for (let b = 0; b < brands; b++) offsets[b + 1] += offsets[b];
  const next = offsets.slice(0, brands);
  const user = new Int32Array(offsets[brands]);
  const day = new Uint16Array(offsets[brands]);
  for (let u = 0; u < byUser.length - 1; u++) {
    for (let at = byUser[u]; at < byUser[u + 1]; at++) {
      if (brand[at] < 0) continue;
      const to = next[brand[at]]++;
      user[to] = u;
      day[to] = days[at];
    }
  }
  return { offsets, user, day };
}

/** Length of an offer where the data tell of none. */
const USUAL_DAYS = 30;

/** Length, in days, that a share of the offers does not exceed: half of them, and it is the typical one. Of those that end. */
export function offerDays(world: World, share: number): number {
  const { start, end } = world.offers;
  const lengths: number[] = [];
  for (let o = 0; o < start.length; o++)
    if (end[o] !== NO_END && end[o] >= start[o]) lengths.push(end[o] - start[o] + 1);
  if (lengths.length === 0) return USUAL_DAYS;
  lengths.sort((a, b) => a - b);
  return lengths[Math.min(Math.floor(share * lengths.length), lengths.length - 1)];
}

/** A number that the text calls a cheque ("от 1 500", "чек 1500") or money ("1500 руб"), and no percentage. */
const CHEQUE = /(?:(?<!\p{L})от|чек\p{L}*)\s+(\d[\d ]*\d)(?!\d| *%)|(\d[\d ]*\d)\s*(?:₽|руб|р(?!\p{L}))/giu;

/**
 * The minimum cheque that an offer's text names, in roubles: the first one of 50 or more; digits may be grouped by blanks.
 * 0 where there is none: most numbers in texts are addresses, minutes and shares.
 */
export function minimumCheque(text: string): number {
  for (const [, named, money] of text.matchAll(CHEQUE)) {
    const value = Number((named ?? money).replaceAll(' ', ''));
    if (value >= 50 && value <= 1_000_000) return value;
  }
  return 0;
}
