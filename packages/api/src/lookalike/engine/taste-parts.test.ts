import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BankWorld, bankWithOffers, bankWorld, quickSettings } from '../fixtures/bank-world.ts';
import { type BrandVectors, fitTaste, tasteOf, tasteScores } from './taste.ts';
import { viewUsers } from './user-view.ts';
import type { World } from './world.ts';

let bank: BankWorld;
let vectors: BrandVectors;

beforeAll(async () => {
  bank = await bankWorld(bankWithOffers());
  const { world } = bank;
  const params = quickSettings().taste;
  const { brands, model } = fitTaste(world, viewUsers(world, world.lastDay + 1), params);
  vectors = { params, brandIds: Float64Array.from(brands, (b) => world.brandIds[b]), vectors: model.items };
});
afterAll(() => bank.remove());

const nobody = () => new Uint8Array(bank.world.userIds.length);

function scoresIn(world: World, brand: number) {
  return tasteScores(tasteOf(world, viewUsers(world, world.lastDay + 1), vectors), brand, nobody());
}

function withValue(world: World, attribute: number, user: number, code: number): World {
  const attributes = world.attributes.map((given, at) => {
    if (at !== attribute) return given;
    const codes = given.codes.slice();
    codes[user] = code;
    return { ...given, codes };
  });
  return { ...world, attributes };
}

test.each(['segment', 'age_bucket', 'region'])('%s: what a change is said to bring is what it brings', (name) => {
  const { world } = bank;
  const attribute = world.attributes.findIndex((one) => one.name === name);
  const { codes, values } = world.attributes[attribute];
  const said: number[] = [];
  const came: number[] = [];
  for (let user = 0; user < 16; user++) {
    const brand = (user * 5) % 20;
    const code = (codes[user] % (values.length - 1)) + 1;
    const before = scoresIn(world, brand);
    const after = scoresIn(withValue(world, attribute, user, code), brand);
    said.push(before.part(attribute, code, user) - before.part(attribute, codes[user], user));
    came.push(after.hazard[user] - before.hazard[user]);
  }
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0);
  expect(dot(said, said)).toBeGreaterThan(0);
  expect(dot(said, came) / Math.sqrt(dot(said, said) * dot(came, came))).toBeGreaterThan(0.9);
  expect(dot(said, came) / dot(said, said)).toBeGreaterThan(0.6);
  expect(dot(said, came) / dot(said, said)).toBeLessThan(1.5);
});

test('parts of all users cancel out, and there are none where no brand is', () => {
  const { world } = bank;
  const scores = scoresIn(world, 3);
  const regions = world.attributes.findIndex(({ name }) => name === 'region');
  const { codes } = world.attributes[regions];
  const mean = codes.reduce((sum, code, user) => sum + scores.part(regions, code, user), 0) / codes.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(scoresIn(world, -1).part(0, 1, 0)).toBe(0);
});
