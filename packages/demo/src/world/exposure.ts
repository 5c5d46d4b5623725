import { hashText, Random, uniformOf } from '../random.ts';
import type { Day } from './calendar.ts';
import type { Client } from './clients.ts';
import type { WorldConfig } from './config.ts';
import type { Offer } from './offers.ts';
import { pullEnd } from './offers.ts';

/** That a client was shown an offer, and what came of it. */
export interface Exposure {
  readonly offer: Offer;
  /** First and last day of the offer as the client was shown it. */
  readonly seenFrom: Day;
  readonly seenUntil: Day | null;
  /** Day of the activation, or null. */
  readonly activated: Day | null;
}

const SEEN = hashText('seen');
const ACTIVATED = hashText('activated');
/** What response, taste and being a customer add to the log-odds of an activation. */
const ACTIVATION = { response: 1, taste: 0.35, customer: -1.1 } as const;

export function activationProbability(
  base: number,
  logResponse: number,
  relativePull: number,
  customer: boolean,
): number {
  const logit =
    base + ACTIVATION.response * logResponse + ACTIVATION.taste * relativePull + (customer ? ACTIVATION.customer : 0);
  return 1 / (1 + Math.exp(-logit));
}

/**
 * Offers shown to a client up to a day. Who is shown what leans on activity alone; who activates, on response and taste.
 * `relativePull` gives, per brand, how much stronger than its popularity the brand pulls the client (log);
 * `firstDay` the day of the first purchase per brand.
 */
export function exposures(
  config: WorldConfig,
  client: Client,
  offers: readonly Offer[],
  until: Day,
  relativePull: (brand: number) => number,
  firstDay: ReadonlyMap<number, Day>,
): Exposure[] {
  const out: Exposure[] = [];
  const activityLean = Math.exp(0.25 * client.logActivity);
  const share = Math.min(0.95, config.seenShare * activityLean);
  for (const offer of offers) {
    if (offer.start > until || pullEnd(offer) < client.joined) continue;
    if (uniformOf(config.seed, SEEN, client.index, offer.index) >= share) continue;
    const random = new Random(config.seed, ACTIVATED, client.index, offer.index);
    const length = pullEnd(offer) - offer.start;
    const shown = Math.max(offer.start, client.joined) + random.below(Math.max(1, Math.min(7, length)));
    if (shown > until) continue;
    const customer = (firstDay.get(offer.brand) ?? Number.POSITIVE_INFINITY) < offer.start;
    const probability = activationProbability(
      config.activationLogit,
      client.logResponse,
      offer.brand < 0 ? 0 : relativePull(offer.brand),
      customer,
    );
    const wants = random.next() < probability;
    const day = shown + Math.floor(random.exponential() * 3);
    const activated = wants && day <= until && day <= (offer.end ?? until) ? day : null;
    out.push({ offer, seenFrom: offer.start, seenUntil: offer.end, activated });
  }
  return out;
}
