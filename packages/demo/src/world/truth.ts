import type { Day } from './calendar.ts';
import type { Offer } from './offers.ts';
import type { World } from './world.ts';
import { lives, momentOf } from './world.ts';

/** Days after the snapshot within which a closed offer starts. */
const CLOSED_AHEAD = 28;

/** An offer of the closed set: known to the service, its window still ahead of the snapshot. */
export type ClosedOffer = Offer & { readonly end: Day };

/** The closed set of a step: branded offers of its catalog that start in the three weeks after the snapshot's end. */
export function closedOffers(world: World, step: number): ClosedOffer[] {
  const { until } = momentOf(world, step);
  return world.branded.filter(
    (offer): offer is ClosedOffer =>
      offer.announced <= until &&
      offer.start > until &&
      offer.start <= until + CLOSED_AHEAD &&
      offer.end !== null &&
      offer.end - offer.start >= 6,
  );
}

export interface OfferTruth {
  readonly offer: Offer;
  /** Indices of the clients who became new customers within the window. */
  readonly positives: readonly number[];
  /** Indices of the clients with a visible purchase before the start: never in an audience. */
  readonly customers: ReadonlySet<number>;
}

/** What the simulated future says of the offers: new customers of the brand inside [start, end], both ends included. */
export function truth(world: World, step: number, offers: readonly ClosedOffer[]): OfferTruth[] {
  const moment = momentOf(world, step);
  const out = offers.map((offer) => ({ offer, positives: [] as number[], customers: new Set<number>() }));
  for (const { client, firstDay } of lives(world, moment)) {
    for (const entry of out) {
      const first = firstDay.get(entry.offer.brand);
      if (first === undefined) continue;
      if (first < entry.offer.start) entry.customers.add(client.index);
      else if (first <= (entry.offer.end as Day)) entry.positives.push(client.index);
    }
  }
  return out;
}
