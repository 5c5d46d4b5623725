import { hashText, Random } from '../random.ts';
import type { Brands } from './brands.ts';
import type { Day } from './calendar.ts';
import { dayOf } from './calendar.ts';
import type { WorldConfig } from './config.ts';
import { CATEGORIES } from './population.ts';

export interface Merchant {
  readonly id: number;
  /** Index into the brands, or -1: no brand, or one that nobody ever buys. */
  readonly brand: number;
  /** `brand_dk` as the bank knows it, null where it is missing. */
  readonly brandId: number | null;
  readonly status: string;
}

export interface Offer {
  readonly index: number;
  readonly id: number;
  readonly merchantId: number;
  /** Index into the brands, or -1. */
  readonly brand: number;
  readonly start: Day;
  /** Last day, included; null where the offer has no end. */
  readonly end: Day | null;
  /** First day on which the offer is in the catalog. */
  readonly announced: Day;
  readonly text: string;
  /** How many times stronger the pull of the brand is made for a client of average response. */
  readonly uplift: number;
  /** Minimum cheque in roubles, 0 where there is none. */
  readonly cheque: number;
}

export interface Catalog {
  readonly merchants: readonly Merchant[];
  readonly offers: readonly Offer[];
  /** Rows of a given catalog, sent as they are instead of rows made from the lists above. */
  readonly raw?: {
    readonly offers: readonly { readonly announced: Day; readonly row: string }[];
    readonly merchants: readonly string[];
    readonly rewards: readonly { readonly day: Day; readonly row: string }[];
  };
}

/** Offers without an end stop pulling after this many days. */
const PULL_DAYS = 60;
/** Days after the last version for which offers are planned; the ground truth looks that far and the windows beyond. */
export const PLANNED_AHEAD = 31;
/** Days for which a brand mostly waits with its next offer. */
const REST_DAYS = 60;
const PURPOSE = hashText('offers');
const MERCHANTS = hashText('merchants');

/** Last day of an offer's pull. */
export function pullEnd(offer: Offer): Day {
  return Math.min(offer.end ?? offer.start + PULL_DAYS, offer.start + 2 * PULL_DAYS);
}

/** How strongly a minimum cheque holds back a client, 0..1: half where the usual purchase equals the cheque. */
export function chequeMatch(offer: Offer, usualLogAmount: number): number {
  if (offer.cheque === 0) return 1;
  return 1 / (1 + Math.exp(-(usualLogAmount - Math.log(offer.cheque)) / 0.5));
}

/** Lower-case text with letters lost, as the real catalog has them. */
function loseLetters(text: string, random: Random): string {
  if (random.next() < 0.6) return text.toLowerCase();
  const words = text.toLowerCase().split(' ');
  const at = random.below(words.length);
  const word = words[at] as string;
  if (word.length > 5) words[at] = random.next() < 0.5 ? word.slice(0, -1) : word.slice(0, 2) + word.slice(3);
  return words.join(' ');
}

function textOf(random: Random, brandName: string, category: string, percent: number, cheque: number): string {
  const opening = random.pick(['кэшбэк', 'Возвращаем', 'Повышенный кешбэк', 'Получите']);
  const limit =
    cheque > 0
      ? random.pick([` при покупке от ${cheque} руб`, ` от ${cheque} ₽`, `, минимальный чек ${cheque} р.`])
      : '';
  const tail = random.pick(['', ' на первую покупку', ' новым клиентам', ' онлайн и в магазинах', '.']);
  return loseLetters(`${opening} ${percent}% в ${brandName} (${category})${limit}${tail}`, random);
}

function brandName(random: Random): string {
  const syllables = ['ka', 'lo', 'mi', 'ra', 'ste', 'vo', 'ne', 'dor', 'li', 'pa', 'ти', 'ма', 'гра', 'ни', 'сол'];
  let name = '';
  for (let i = random.between(2, 4); i > 0; i--) name += random.pick(syllables);
  return name;
}

/** Merchants: most brands have one, some have several, some merchants have no brand at all; one is closed (DLT). */
export function createMerchants(config: WorldConfig, brands: Brands, extra: number): Merchant[] {
  const random = new Random(config.seed, MERCHANTS);
  const merchants: Merchant[] = [];
  const used = new Set<number>();
  const total = Math.max(config.merchants, brands.count) + extra;
  for (let i = 0; i < total; i++) {
    let id = random.between(1, 40_000);
    while (used.has(id)) id = random.between(1, 40_000);
    used.add(id);
    const kind = random.next();
    let brand = -1;
    let brandId: number | null = null;
    if (i < brands.count) brand = i;
    else if (kind < 0.35) brand = random.below(brands.count);
    else if (kind < 0.95) brandId = 1_000_000 + i;
    if (brand >= 0) brandId = brands.id[brand] as number;
    merchants.push({ id, brand, brandId, status: i === 7 ? 'DLT' : 'ACT' });
  }
  return merchants;
}

/** Offers over the whole calendar of the series at an even rate, in order of their start. */
export function createOffers(
  config: WorldConfig,
  brands: Brands,
  merchants: readonly Merchant[],
  lastDay: Day,
): Offer[] {
  const random = new Random(config.seed, PURPOSE);
  const first = dayOf(config.historyStart) - 15;
  const days = lastDay + PLANNED_AHEAD - first;
  const names = Array.from({ length: brands.count }, () => brandName(random));
  const branded = merchants.filter((merchant) => merchant.brand >= 0);
  const lean = branded.map((merchant) => campaignLean(brands.logPopularity[merchant.brand] as number));
  const unbranded = merchants.filter((merchant) => merchant.brand < 0);
  const offers: Offer[] = [];
  const lastOffer = new Map<number, Day>();
  const total = Math.round(days * config.offersPerDay);
  for (let index = 0; index < total; index++) {
    const start = first + Math.floor((index / total) * days);
    let merchant = branded[random.weighted(lean)] as Merchant;
    for (let i = 0; i < 20 && start - (lastOffer.get(merchant.brand) ?? -1e9) < REST_DAYS; i++) {
      merchant = branded[random.weighted(lean)] as Merchant;
    }
    lastOffer.set(merchant.brand, start);
    if (unbranded.length > 0 && random.next() < 0.02) merchant = random.pick(unbranded);
    const category = CATEGORIES[
      merchant.brand < 0 ? 0 : (brands.category[merchant.brand] as number)
    ] as (typeof CATEGORIES)[number];
    const percent = random.pick([3, 5, 7, 10, 10, 15, 20, 25]);
    const usual = merchant.brand < 0 ? 1000 : Math.exp(brands.logAmount[merchant.brand] as number);
    const cheque =
      random.next() < 0.5 ? 0 : Math.max(100, Math.round((usual * (0.4 + 1.2 * random.next())) / 100) * 100);
    const long = random.next();
    const length = long < 0.02 ? 1 : long < 0.3 ? random.between(14, 25) : random.between(28, 50);
    const endless = random.next() < 0.02;
    const ahead = random.next() < 0.8 ? random.between(38, 60) : random.between(1, 10);
    const strength = Math.exp(0.15 * random.normal());
    offers.push({
      index,
      id: 100 + index * 2 + (index % 5 === 0 ? 1 : 0),
      merchantId: merchant.id,
      brand: merchant.brand,
      start,
      end: endless ? null : start + length - 1,
      announced: start - ahead,
      text: textOf(
        random,
        merchant.brand < 0 ? 'партнёр' : (names[merchant.brand] as string),
        category.name,
        percent,
        cheque,
      ),
      uplift: merchant.brand < 0 ? 0 : 65 * (percent / 10) ** 0.6 * strength,
      cheque,
    });
  }
  return offers;
}

/** How eager a brand is for campaigns: the known ones are, the very largest need none. */
function campaignLean(logPopularity: number): number {
  return Math.exp(0.9 * Math.min(logPopularity, -3.2)) * (logPopularity > -2.6 ? 0.1 : 1);
}
