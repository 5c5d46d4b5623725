import { hashText, Random } from '../random.ts';
import { isoDay, isoMonth } from './calendar.ts';
import type { Client } from './clients.ts';
import { REGIONS, SEGMENTS, VIP } from './population.ts';
import type { Life, Moment, World } from './world.ts';

/** Writes the rows of one client in one table, as JSON texts. */
export type ClientTable = (world: World, moment: Moment, life: Life, emit: (row: string) => void) => void;

const ACCOUNTS = hashText('accounts');
const RECEIPTS = hashText('receipts');
const UNKNOWNS = hashText('unknowns');
const PRODUCTS = ['CC', 'DC', 'SV', 'DEP', 'CL'] as const;

export function customerSince(client: Client, moment: Moment): boolean {
  return client.joined <= moment.until;
}

export const people: ClientTable = (world, moment, life, emit) => {
  const { client } = life;
  const random = new Random(world.config.seed, UNKNOWNS, client.index);
  const gender = random.next() < 0.01 ? null : client.female ? 'F' : 'M';
  let last = Math.max(client.joined, moment.from);
  for (const purchase of life.purchases) if (purchase.day <= moment.until) last = purchase.day;
  emit(
    JSON.stringify({
      user_id: client.id,
      age_bucket: random.next() < 0.005 ? null : client.age,
      gender_cd: gender,
      region: client.region < 0 ? null : REGIONS[client.region],
      last_activity_day: isoDay(last),
    }),
  );
};

export const segments: ClientTable = (world, _moment, life, emit) => {
  const { client } = life;
  const segment = SEGMENTS[client.segment];
  if (!segment) return;
  const random = new Random(world.config.seed, UNKNOWNS, client.index, 1);
  if (random.next() < 0.01) return;
  emit(
    JSON.stringify({
      user_id: client.id,
      segment: `${segment.code} (${40 + (client.segment % 5)})`,
      region_size: segment.size,
      auto: client.auto ? '1.0' : '0.0',
      traveler: client.traveler ? '1.0' : '0.0',
      entrepreneur: '0.0',
      vip_status: VIP[client.vip],
    }),
  );
};

/** Lower ends of the amount buckets, in roubles. */
const AMOUNT_STEPS = [
  0, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 50_000,
];

function amountBucket(logAmount: number): string {
  const amount = Math.exp(logAmount);
  let i = AMOUNT_STEPS.length - 1;
  while (i > 0 && amount < (AMOUNT_STEPS[i] as number)) i--;
  const upper = AMOUNT_STEPS[i + 1];
  return upper === undefined ? '50k+' : `${AMOUNT_STEPS[i]}-${upper}`;
}

export const transaction: ClientTable = (world, moment, life, emit) => {
  const { client } = life;
  let number = 0;
  for (const purchase of life.purchases) {
    number++;
    if (purchase.day < moment.from) continue;
    if (purchase.day > moment.until) break;
    const brand = world.brands.id[purchase.brand] as number;
    // The terminal's merchant has nothing to do with the merchant of an offer.
    const terminal = 100_000 + (brand % 9973) * 3 + (number % 3);
    emit(
      `{"transaction_id":${client.index * 10_000 + number},"user_id":${client.id},"merchant_id_tx":${terminal},` +
        `"event_date":"${isoDay(purchase.day)}","amount_bucket":"${amountBucket(purchase.logAmount)}",` +
        `"online_transaction_flg":"${purchase.online ? 'Y' : 'N'}","brand_dk":${brand}}`,
    );
  }
};

export const financialAccount: ClientTable = (world, moment, life, emit) => {
  const { client } = life;
  const random = new Random(world.config.seed, ACCOUNTS, client.index);
  for (
    let count = 1 + (random.next() < 0.45 ? 1 : 0) + (random.next() < 0.15 + 0.2 * client.vip ? 1 : 0);
    count > 0;
    count--
  ) {
    const opened = Math.min(client.joined, moment.until) - random.below(1500);
    const closed = random.next() < 0.08 ? opened + 90 + random.below(900) : null;
    const ended = closed !== null && closed <= moment.until;
    emit(
      JSON.stringify({
        user_id: String(client.id),
        product_cd: random.pick(PRODUCTS),
        open_month: isoMonth(opened),
        close_month: ended ? isoMonth(closed) : 'nan',
        account_status_cd: ended ? 'CLS' : 'ACT',
      }),
    );
  }
};

const COSTS = ['0-100', '100-500', '500-1000', '1000-5000', '5000-10000', '10000+'] as const;
const COST_ENDS = [100, 500, 1000, 5000, 10_000];

/** Receipts, of three clients in five, for some of their purchases. */
export const receipts: ClientTable = (world, moment, life, emit) => {
  const { client } = life;
  const random = new Random(world.config.seed, RECEIPTS, client.index);
  if (random.next() < 0.4) return;
  for (const purchase of life.purchases) {
    if (purchase.day > moment.until) break;
    const kept = random.next() < 0.3;
    const items = random.next();
    if (!kept || purchase.day < moment.from) continue;
    const category = world.receiptCategory(purchase.brand);
    const amount = Math.exp(purchase.logAmount);
    let cost = 0;
    while (cost < COST_ENDS.length && amount >= (COST_ENDS[cost] as number)) cost++;
    emit(
      JSON.stringify({
        user_id: client.id,
        date_operated: isoDay(purchase.day),
        category_name: category,
        items_count: items < 0.1 ? Math.round(items * 80) / 10 + 0.35 : 1 + Math.floor(items * 6),
        items_cost: COSTS[cost],
      }),
    );
  }
};
