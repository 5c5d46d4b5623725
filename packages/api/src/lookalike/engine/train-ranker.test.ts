import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BankWorld, bankWithOffers, bankWorld, quickSettings } from '../fixtures/bank-world.ts';
import { mean } from './judge.ts';
import { modelBytes } from './lookalike-model.ts';
import { eventsByBrand, newCustomers } from './queries.ts';
import { sharedBytes } from './shared-bytes.ts';
import { trainRanker, trainRankerBeside } from './train-ranker.ts';
import { planTraining } from './training-plan.ts';
import { viewUsers } from './user-view.ts';
import { packWorld } from './world.ts';

let bank: BankWorld;

beforeAll(async () => {
  bank = await bankWorld(bankWithOffers({ users: 400 }));
});
afterAll(() => bank.remove());

const LIMITS = quickSettings().plan;

test('training asks only what is answered before the judgement begins', () => {
  const { world } = bank;
  const plan = planTraining(world, eventsByBrand(world), LIMITS);
  expect(plan.training.length).toBeGreaterThan(2);
  expect(plan.holdout.length).toBeGreaterThan(0);
  for (const { day, queries } of plan.training) {
    for (const query of queries) {
      expect(query.start).toBeGreaterThanOrEqual(day);
      expect(query.end).toBeLessThan(plan.holdoutDay);
    }
  }
  for (const { day, queries } of plan.holdout) {
    expect(day).toBeGreaterThanOrEqual(plan.holdoutDay);
    for (const query of queries) expect(query.end).toBeLessThanOrEqual(world.lastDay);
  }
});

test('every question has enough answers, and none of them was a customer', () => {
  const { world } = bank;
  const byBrand = eventsByBrand(world);
  const plan = planTraining(world, byBrand, LIMITS);
  for (const { queries } of [...plan.training, ...plan.recent]) {
    for (const query of queries) {
      const answers = newCustomers(byBrand, query);
      expect(answers.length).toBeGreaterThanOrEqual(LIMITS.minPositives);
      const { offsets, user } = viewUsers(world, query.start).customers;
      const customers = new Set(user.subarray(offsets[query.brand], offsets[query.brand + 1]));
      expect(answers.filter((u) => customers.has(u))).toHaveLength(0);
    }
  }
});

test('a version whose offers all lie ahead is trained on brands without an offer', async () => {
  const future = bankWithOffers({ users: 400 });
  for (const offer of future.offer) Object.assign(offer, { start_date: '2025-06-10', end_date: '2025-06-30' });
  const ahead = await bankWorld(future);
  try {
    const trained = trainRanker(ahead.world, quickSettings());
    expect(trained.rows).toBeGreaterThan(1000);
    expect(trained.plan.training.flatMap(({ queries }) => queries).every(({ cheque }) => cheque === 0)).toBe(true);
    expect(mean(trained.judged.averagePrecision)).toBeGreaterThan(0);
  } finally {
    await ahead.remove();
  }
});

test('two threads give the bytes of one', async () => {
  const shared = sharedBytes(packWorld(bank.world));
  const beside = await trainRankerBeside(shared, quickSettings());
  const alone = trainRanker(bank.world, quickSettings());
  expect(Buffer.compare(modelBytes(beside.model), modelBytes(alone.model))).toBe(0);
  expect(beside.judged).toEqual(alone.judged);
  expect(beside.rows).toBe(alone.rows);
});

test('what goes wrong in the second thread is told', async () => {
  const broken = { ...quickSettings(), sampling: null as never };
  await expect(trainRankerBeside(sharedBytes(packWorld(bank.world)), broken)).rejects.toThrow('null');
});

test('the judged ranker finds new customers better than activity does', () => {
  const { judged, model } = trainRanker(bank.world, quickSettings());
  expect(judged.queries.length).toBeGreaterThan(10);
  expect(mean(judged.averagePrecision)).toBeGreaterThan(mean(judged.activityAveragePrecision));
  expect(model.trainedOn).toBe('v1');
  // Everybody who could come was ranked, for every question.
  expect(judged.labels).toHaveLength(judged.scores.length);
  expect(judged.labels.reduce((sum, label) => sum + label, 0)).toBeGreaterThanOrEqual(5 * judged.queries.length);
});
