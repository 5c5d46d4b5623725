import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BankWorld, bankWithOffers, bankWorld } from '../fixtures/bank-world.ts';
import { viewUsers } from './user-view.ts';
import { packWorld, unpackWorld, type World } from './world.ts';

const DAY = 50;
let bank: BankWorld;

beforeAll(async () => {
  bank = await bankWorld(bankWithOffers());
});
afterAll(() => bank.remove());

/** Events of the day and after it, or of the day before it, get another brand, amount and so on. */
function changed(world: World, from: number, to: number): World {
  const redo = <T extends Int32Array | Uint8Array | Uint16Array>(values: T, days: Uint16Array, size: number): T =>
    values.map((value, at) => (days[at] >= from && days[at] < to ? (value + 1) % size : value)) as T;
  const { transactions, activations, receipts } = world;
  return {
    ...world,
    transactions: {
      ...transactions,
      brand: redo(transactions.brand, transactions.day, world.brandIds.length),
      online: redo(transactions.online, transactions.day, 2),
      level: redo(transactions.level, transactions.day, world.amountLevels.length),
    },
    activations: { ...activations, brand: redo(activations.brand, activations.day, world.brandIds.length) },
    receipts: { ...receipts, category: redo(receipts.category, receipts.day, world.categories.length) },
  };
}

/** The events from a day on are moved to the world's last day: as many users, none of the events where it was. */
function postponed(world: World, from: number): World {
  const later = <E extends { readonly day: Uint16Array }>(events: E): E => ({
    ...events,
    day: events.day.map((day) => (day >= from ? world.lastDay : day)),
  });
  return {
    ...world,
    transactions: later(world.transactions),
    seens: later(world.seens),
    activations: later(world.activations),
    rewards: later(world.rewards),
    receipts: later(world.receipts),
  };
}

test('a world survives being packed', () => {
  const bytes = packWorld(bank.world);
  expect(unpackWorld(bytes.buffer)).toEqual(bank.world);
  expect(packWorld(unpackWorld(bytes.buffer))).toEqual(bytes);
  expect(() => unpackWorld(new Uint8Array(64).buffer)).toThrow('Not a file of packed arrays');
});

test('the world holds what was sent', () => {
  const { world } = bank;
  const sent = bankWithOffers();
  expect(world.userIds).toHaveLength(sent.people.length);
  expect(world.transactions.day).toHaveLength(sent.transaction.length);
  expect(world.offers.ids).toHaveLength(sent.offer.length);
  expect(world.lastDay).toBe(89);
  const [first] = sent.transaction.filter(({ user_id }) => user_id === 1);
  expect(first?.event_date).toBe(
    new Date((world.baseDay + world.transactions.day[0]) * 86_400_000).toISOString().slice(0, 10),
  );
});

test('a view knows nothing of its day and of what comes after', () => {
  const view = viewUsers(bank.world, DAY);
  expect(viewUsers(changed(bank.world, DAY, 1000), DAY)).toEqual(view);
  expect(viewUsers(postponed(bank.world, DAY), DAY)).toEqual(view);
});

test('a view knows the day before', () => {
  const view = viewUsers(bank.world, DAY);
  const other = viewUsers(changed(bank.world, DAY - 1, DAY), DAY);
  expect(other.pairs).not.toEqual(view.pairs);
  expect(other.numeric.online_share_90d).not.toEqual(view.numeric.online_share_90d);
});

test('after the last day a view is that of the whole history', () => {
  const end = viewUsers(bank.world, bank.world.lastDay + 1);
  expect(viewUsers(bank.world, bank.world.lastDay + 40)).toEqual(end);
  const { offsets, brand } = bank.world.transactions;
  const own = new Set(brand.subarray(offsets[5], offsets[6]).filter((b) => b >= 0));
  expect(new Set(end.pairs.key.subarray(end.pairs.offsets[5], end.pairs.offsets[6]))).toEqual(own);
});
