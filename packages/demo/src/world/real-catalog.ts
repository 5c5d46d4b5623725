import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { hashText, Random } from '../random.ts';
import { dayOf } from './calendar.ts';
import { clientId } from './clients.ts';
import type { Merchant, Offer } from './offers.ts';
import type { GivenCatalog } from './world.ts';

/** The calendar that goes with the real catalog: its offers start in June and July 2025, and each version needs some ahead of it. */
export const REAL_CALENDAR = { historyStart: '2025-01-21', historyEnd: '2025-06-20', stepDays: 2 } as const;

const PURPOSE = hashText('real-catalog');
const text = z.string().nullable();
const merchantRow = z.object({ merchant_id_offer: text, merchant_status: text, brand_dk: text });
const offerRow = z.object({
  offer_id: text,
  merchant_id_offer: text,
  start_date: text,
  end_date: text,
  offer_text: text,
});
const rewardRow = z.object({ user_id: text, offer_id: text, event_date: text, reward_amt: text });

/** Where the shared folder is, or null where there is none. */
export function realCatalogFolder(): string | null {
  const shared = process.env.KINDRED_SHARED ?? resolve(import.meta.dirname, '../../../../../shared');
  const folder = join(shared, 'data/lookalike');
  return existsSync(join(folder, 't_offer.jsonl.gz')) ? folder : null;
}

function lines(folder: string, name: string): string[] {
  return gunzipSync(readFileSync(join(folder, name)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** The integer of an id as the bank writes it ("918", "428916.0"), or null. */
function idOf(value: string | null): number | null {
  const number = value === null || value === '' ? Number.NaN : Number(value);
  return Number.isInteger(number) ? number : null;
}

function dateOf(value: string | null): number | null {
  return value !== null && /^\d{4}-\d\d-\d\d/.test(value) && !value.startsWith('5999') ? dayOf(value) : null;
}

/**
 * The bank's own offers, merchants and rewards as the catalog of a world, rows as they are: texts, shared brands,
 * repeated ids and missing values included. Clients and purchases are generated on the brands that have offers; rewards
 * keep their offers and dates and are given to generated clients. How strongly each offer works is drawn by the seed.
 */
export function realCatalog(folder: string): GivenCatalog {
  const merchantTexts = lines(folder, 't_merchant.jsonl.gz');
  const offerTexts = lines(folder, 't_offer.jsonl.gz');
  const rewardTexts = lines(folder, 'offer_reward.jsonl.gz');
  const offerRows = offerTexts.map((line) => offerRow.parse(JSON.parse(line)));
  const withOffers = new Set(offerRows.map((row) => idOf(row.merchant_id_offer)));
  const merchants = merchantTexts.map((line) => merchantRow.parse(JSON.parse(line)));
  const brandIds = [
    ...new Set(
      merchants.filter((row) => withOffers.has(idOf(row.merchant_id_offer))).flatMap((row) => idOf(row.brand_dk) ?? []),
    ),
  ].sort((a, b) => a - b);
  return {
    brandIds,
    build(config, brands) {
      const places = new Map(Array.from(brands.id, (id, place) => [id, place] as const));
      const random = new Random(config.seed, PURPOSE);
      const list: Merchant[] = merchants.map((row) => {
        const brandId = idOf(row.brand_dk);
        return {
          id: idOf(row.merchant_id_offer) ?? 0,
          brand: brandId === null ? -1 : (places.get(brandId) ?? -1),
          brandId,
          status: row.merchant_status ?? '',
        };
      });
      const brandOf = new Map(list.map((merchant) => [merchant.id, merchant.brand] as const));
      const repeats = new Map<number, number>();
      for (const row of offerRows)
        repeats.set(idOf(row.offer_id) ?? 0, (repeats.get(idOf(row.offer_id) ?? 0) ?? 0) + 1);
      const offers: Offer[] = [];
      const rows: { announced: number; row: string }[] = [];
      const seen = new Map<number, number>();
      offerRows.forEach((row, index) => {
        const id = idOf(row.offer_id) ?? 0;
        const start = dateOf(row.start_date) ?? dayOf(config.historyStart);
        const strength = 12 * Math.exp(0.6 * random.normal());
        const announced = seen.get(id) ?? (random.next() < 0.85 ? start - 60 : start - random.between(1, 5));
        rows.push({ announced, row: offerTexts[index] as string });
        // Of a repeated id the first row counts; it stays out of the closed set for want of a sure end.
        if (seen.has(id)) return;
        seen.set(id, announced);
        const brand = brandOf.get(idOf(row.merchant_id_offer) ?? 0) ?? -1;
        offers.push({
          index,
          id,
          brand,
          start,
          announced,
          merchantId: idOf(row.merchant_id_offer) ?? 0,
          end: (repeats.get(id) ?? 0) > 1 ? null : dateOf(row.end_date),
          text: row.offer_text ?? '',
          uplift: brand < 0 ? 0 : strength,
          cheque: 0,
        });
      });
      const rewards = rewardTexts.map((line) => {
        const row = rewardRow.parse(JSON.parse(line));
        const client = clientId((idOf(row.user_id) ?? 0) % config.users);
        return { day: dateOf(row.event_date) ?? 0, row: JSON.stringify({ ...row, user_id: String(client) }) };
      });
      return { merchants: list, offers, raw: { offers: rows, merchants: merchantTexts, rewards } };
    },
  };
}
