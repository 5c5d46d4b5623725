import { hashText, Random } from '../random.ts';
import { isoDay } from './calendar.ts';
import type { ClientTable } from './client-tables.ts';
import type { Exposure } from './exposure.ts';
import { exposures } from './exposure.ts';
import type { Offer } from './offers.ts';
import { pullEnd } from './offers.ts';
import type { Life, Moment, World } from './world.ts';
import { relativePulls } from './world.ts';

const ODDITIES = hashText('catalog-oddities');
const REWARDS = hashText('rewards');

/** An end as the bank writes it: a date, a far one, or nothing where there is none. */
function endText(offer: Offer): string | null {
  if (offer.end !== null) return isoDay(offer.end);
  return offer.index % 3 === 0 ? '5999-01-01' : null;
}

/** The offers announced by the moment; some ids repeat with another text or end, as in the real catalog. */
export function* offerRows(world: World, moment: Moment): Generator<string> {
  const { raw } = world.catalog;
  if (raw) {
    for (const { announced, row } of raw.offers) if (announced <= moment.until) yield row;
    return;
  }
  for (const offer of world.catalog.offers) {
    if (offer.announced > moment.until) continue;
    const row = {
      offer_id: offer.id,
      merchant_id_offer: offer.merchantId,
      start_date: isoDay(offer.start),
      end_date: endText(offer),
      offer_text: offer.text,
    };
    yield JSON.stringify(row);
    const random = new Random(world.config.seed, ODDITIES, offer.index);
    if (world.generated && random.next() < 0.05) yield JSON.stringify({ ...row, offer_text: `${offer.text} повтор` });
  }
}

/** All merchants; those of new entities appear with their version. Brand ids are floats in text, `nan` where missing. */
export function* merchantRows(world: World, moment: Moment): Generator<string> {
  const { merchants, raw } = world.catalog;
  if (raw) {
    yield* raw.merchants;
    return;
  }
  const later = world.moments.slice(moment.index + 1).filter((m) => m.step.newEntities).length;
  const known = merchants.length - later * world.newMerchantsPerStep;
  const wanted = new Set(world.catalog.offers.filter((o) => o.announced <= moment.until).map((o) => o.merchantId));
  for (const [i, merchant] of merchants.entries()) {
    if (i >= known && !wanted.has(merchant.id)) continue;
    const brand = merchant.brandId === null ? (i % 2 === 0 ? 'nan' : null) : `${merchant.brandId}.0`;
    yield JSON.stringify({ merchant_id_offer: merchant.id, merchant_status: merchant.status, brand_dk: brand });
  }
}

/** Three tables tell of the same exposures; they are worked out once per life. */
const exposuresOfLife = new WeakMap<Life, Exposure[]>();

function exposuresOf(world: World, moment: Moment, life: Life): Exposure[] {
  let found = exposuresOfLife.get(life);
  if (!found) {
    found = exposures(
      world.config,
      life.client,
      world.catalog.offers,
      moment.until,
      relativePulls(life.stretch),
      life.firstDay,
    );
    exposuresOfLife.set(life, found);
  }
  return found;
}

export const offerSeens: ClientTable = (world, moment, life, emit) => {
  for (const { offer, seenFrom, seenUntil } of exposuresOf(world, moment, life)) {
    const end = seenUntil === null ? 'null' : `"${isoDay(seenUntil)}"`;
    emit(`{"user_id":${life.client.id},"offer_id":${offer.id},"start_date":"${isoDay(seenFrom)}","end_date":${end}}`);
  }
};

export const offerActivation: ClientTable = (world, moment, life, emit) => {
  for (const { offer, activated } of exposuresOf(world, moment, life)) {
    if (activated === null) continue;
    emit(`{"user_id":${life.client.id},"offer_id":${offer.id},"activation_date":"${isoDay(activated)}"}`);
  }
};

/** Rewards that came with a given catalog, up to the moment. */
export function* rewardRows(world: World, moment: Moment): Generator<string> {
  for (const { day, row } of world.catalog.raw?.rewards ?? []) if (day <= moment.until) yield row;
}

/** Rewards for purchases at the brand after an activation; a few repeat to the letter, one offer id is an orphan. */
export const offerReward: ClientTable = (world, moment, life, emit) => {
  for (const { offer, activated } of exposuresOf(world, moment, life)) {
    if (activated === null || offer.brand < 0) continue;
    const bought = life.purchases.find(
      (p) => p.brand === offer.brand && p.day >= activated && p.day <= Math.min(pullEnd(offer), moment.until),
    );
    if (!bought) continue;
    const random = new Random(world.config.seed, REWARDS, life.client.index, offer.index);
    if (random.next() >= world.config.rewardShare) continue;
    const id = world.generated && random.next() < 0.0005 ? 987_654 : offer.id;
    const row = JSON.stringify({
      user_id: life.client.id,
      offer_id: `${id}.0`,
      event_date: isoDay(bought.day),
      reward_amt: 0,
    });
    emit(row);
    if (random.next() < 0.003) emit(row);
  }
};
