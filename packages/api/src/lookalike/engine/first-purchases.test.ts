import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BankWorld, bankWithOffers, bankWorld } from '../fixtures/bank-world.ts';
import { firstPurchases } from './first-purchases.ts';
import { viewUsers } from './user-view.ts';
import type { Events, World } from './world.ts';

const LATE = 60;
const JOINED = 65;
let bank: BankWorld;

beforeAll(async () => {
  bank = await bankWorld(bankWithOffers());
});
afterAll(() => bank.remove());

/** The first users come on a day of their own: what they did before it was never done. */
function withLateUsers(world: World, users: number): World {
  const from = (events: Events, u: number, day: number) => {
    let at = events.offsets[u];
    while (at < events.offsets[u + 1] && events.day[at] < day) at++;
    return at;
  };
  const later = <E extends Events>(events: E, day: number): E => {
    const kept: number[] = [];
    const offsets = new Int32Array(events.offsets.length);
    for (let u = 0; u < offsets.length - 1; u++) {
      const first = u < users ? from(events, u, day) : events.offsets[u];
      for (let at = first; at < events.offsets[u + 1]; at++) kept.push(at);
      offsets[u + 1] = kept.length;
    }
    const columns = Object.entries(events).map(([name, values]) =>
      name === 'offsets' ? [name, offsets] : [name, values.constructor.from(kept, (at: number) => values[at])],
    );
    return Object.fromEntries(columns);
  };
  return {
    ...world,
    transactions: later(world.transactions, JOINED),
    activations: later(world.activations, JOINED),
    // Offers that began a while before they came are shown to them all the same.
    seens: later(world.seens, JOINED - 25),
  };
}

test('users who came late are taken to have been there since about then, the others always', () => {
  const world = withLateUsers(bank.world, LATE);
  const days = world.lastDay + 1;
  const { presence } = firstPurchases(world, viewUsers(world, days));
  const share = (from: number, to: number) =>
    presence.subarray(from, to).reduce((sum, log) => sum + Math.exp(log), 0) / (to - from);
  expect(Math.abs(share(0, LATE) - (days - JOINED) / days)).toBeLessThan(0.06);
  expect(share(LATE, presence.length)).toBeGreaterThan(0.93);
});

test('a brand of one place is known by it, one that sells everywhere is given no places by chance', () => {
  const { world } = bank;
  const view = viewUsers(world, world.lastDay + 1);
  const place = world.attributes.findIndex(({ name }) => name === 'region');
  const { codes, values } = world.attributes[place];
  const brand = 7;
  // Customers who live elsewhere are taken away from the brand.
  const local = {
    ...world,
    transactions: {
      ...world.transactions,
      brand: world.transactions.brand.map((b, at) => {
        const user = world.transactions.offsets.findLastIndex((from) => from <= at);
        return b === brand && codes[user] !== 1 ? -1 : b;
      }),
    },
  };
  const lifts = (given: World) => {
    const { data, brands } = firstPurchases(given, viewUsers(given, view.day));
    return Array.from(
      { length: values.length - 1 },
      (_, v) => data.offsets[(v + 1) * brands.length + brands.indexOf(brand)],
    );
  };
  const [home, ...away] = lifts(local);
  expect(home).toBeGreaterThan(0.5);
  expect(Math.max(...away)).toBeLessThan(-0.8);
  expect(Math.max(...lifts(world).map(Math.abs))).toBeLessThan(0.25);
});
