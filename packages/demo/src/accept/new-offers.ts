import { lookalikeReply } from '../client.ts';
import type { Offer } from '../world/offers.ts';
import { momentOf } from '../world/world.ts';
import type { Outcome } from './series.ts';
import type { Session } from './session.ts';

/** Offers that first appear in the catalog of a step. */
export function newOffers(session: Session, step: number, before: number): Offer[] {
  const { until } = momentOf(session.world, step);
  const known = momentOf(session.world, before).until;
  return session.world.branded.filter((offer) => offer.announced > known && offer.announced <= until).slice(0, 5);
}

/** Before its version is processed, a new offer is unknown. */
export async function checkNewUnknown(session: Session, offers: readonly Offer[]): Promise<void> {
  for (const offer of offers) {
    const reply = await session.client.lookalike(offer.merchantId, offer.id, 10);
    session.verdicts.check('3.13', reply.status === 404, `new offer ${offer.id} before its version: ${reply.status}`);
  }
}

/** After its version is processed, it has an audience; without drift from the same model. */
export async function checkNewServed(session: Session, offers: readonly Offer[], outcome: Outcome): Promise<void> {
  for (const offer of offers) {
    const reply = await session.client.lookalike(offer.merchantId, offer.id, 10);
    const parsed = lookalikeReply.safeParse(reply.json);
    const passed = reply.status === 200 && parsed.success && parsed.data.audience_size > 0;
    for (const id of ['3.14', '5.26'] as const)
      session.verdicts.check(
        id,
        passed,
        `new offer ${offer.id} of ${outcome.name}: ${reply.status} ${reply.text.slice(0, 150)}`,
      );
  }
}
