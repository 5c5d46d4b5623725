import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import { type Bank, type BankOptions, type BankRecord, smallBank } from '../fixtures/small-bank.ts';
import { writeVersion } from '../fixtures/write-version.ts';
import { driftStage } from './drift.ts';
import { ingestStage } from './ingest.ts';

const DAYS = 140;
const CLIENTS = 700;

let root = '';
let reference = '';
let runs = 0;

async function drift(bank: Partial<Bank>, against: string | undefined = reference) {
  const folder = join(root, `v${++runs}`);
  await writeVersion(folder, bank, { version: `v${runs}` });
  if (against) await copyFile(against, join(folder, 'reference.json'));
  const context = await DirectoryStageContext.open(folder, { threads: 1, memoryBytes: 512 * 2 ** 20 });
  await ingestStage.run(context);
  const { summary } = await driftStage.run(context);
  return {
    folder,
    detected: summary.drift_detected,
    score: Number(summary.drift_score),
    features: summary.drifted_features as string[],
    verdict: String(summary.verdict),
  };
}

const world = (options: BankOptions = {}) => smallBank({ days: DAYS, users: CLIENTS, ...options });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindred-drift-'));
  const first = await drift(world(), '');
  expect(first).toMatchObject({ detected: false, score: 0, features: [] });
  reference = join(root, 'reference.json');
  await copyFile(join(first.folder, 'drift-profile.json'), reference);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('no drift', () => {
  test.each<[string, BankOptions]>([
    ['the same data', {}],
    ['two weeks more', { days: DAYS + 14 }],
    ['two months more', { days: DAYS + 60 }],
    ['a tenth more clients and half as many offers again', { days: DAYS + 14, users: 770, offers: 90 }],
    ['other clients altogether', { seed: 2 }],
  ])('%s', async (_name, options) => {
    const outcome = await drift(world(options));
    expect(outcome.features).toEqual([]);
    expect(outcome.detected).toBe(false);
    expect(outcome.score).toBeLessThan(0.5);
  });

  test('new brands, a new region and a new product in small shares', async () => {
    const bank = world({ days: DAYS + 14 });
    const some = <T>(records: T[], every: number, change: (record: T) => T) =>
      records.map((record, i) => (i % every ? record : change(record)));
    const changed = {
      ...bank,
      transaction: some(bank.transaction, 25, (record) => ({ ...record, brand_dk: 777_777 })),
      people: some(bank.people, 20, (record) => ({ ...record, region: 'НОВАЯ ОБЛАСТЬ' })),
      financial_account: some(bank.financial_account, 20, (record) => ({ ...record, product_cd: 'NEW' })),
    };
    expect(await drift(changed)).toMatchObject({ detected: false, features: [] });
  });
});

test('purchases outside the brands that are compared move no share: their mix moves by itself', async () => {
  const elsewhere = (days: number, change: BankRecord) => {
    const bank = world({ days });
    return { ...bank, transaction: bank.transaction.map((record, i) => (i % 8 ? record : { ...record, ...change })) };
  };
  const before = await drift(elsewhere(DAYS, { brand_dk: null }), '');
  const online = elsewhere(DAYS + 14, { brand_dk: 700_001, online_transaction_flg: 'Y' });
  expect((await drift(online, join(before.folder, 'drift-profile.json'))).features).not.toContain('online_share');
});

describe('drift', () => {
  test.each<[string, BankOptions, string]>([
    ['amounts', { law: { amount: 0.8 } }, 'amount'],
    ['online share', { law: { online: 0.12 } }, 'online_share'],
    ['frequency', { law: { frequency: 1.8 } }, 'frequency'],
    ['segments', { segmentMix: 0.3 }, 'segment'],
  ])('%s', async (_name, options, feature) => {
    const recent = await drift(world({ ...options, days: DAYS + 14, lawFrom: DAYS }));
    expect(recent.features).toContain(feature);
    expect(recent.score).toBeGreaterThan(0.5);
  });

  test('everything at once, over the whole snapshot', async () => {
    const whole = await drift(
      world({ law: { amount: 0.8, online: 0.12, frequency: 1.8 }, segmentMix: 0.3, lawFrom: 0 }),
    );
    expect(whole.features).toEqual(expect.arrayContaining(['amount', 'online_share', 'frequency', 'segment']));
  });

  test('tastes that turned, with the same volume, amounts and segments', async () => {
    const outcome = await drift(world({ law: { taste: 4 } }));
    expect(outcome.detected).toBe(true);
    expect(outcome.features).toEqual(expect.arrayContaining(['taste_by_client_type']));
    expect(outcome.features).not.toEqual(expect.arrayContaining(['amount', 'online_share', 'segment', 'frequency']));
  });

  test('the score grows with the drift', async () => {
    const scores = [];
    for (const amount of [0, 0.6, 2])
      scores.push((await drift(world({ days: DAYS + 14, law: { amount }, lawFrom: DAYS }))).score);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(scores[0]).toBeLessThan(0.3);
    expect(scores[2]).toBeGreaterThan(scores[1] + 0.1);
  });
});

test('once trained on the drifted version, the same law going on is no drift', async () => {
  const options = { law: { amount: 1.5, online: 0.2, frequency: 1.6 }, lawFrom: DAYS };
  const drifted = await drift(world({ ...options, days: DAYS + 14 }));
  expect(drifted.detected).toBe(true);
  const next = await drift(world({ ...options, days: DAYS + 28 }), join(drifted.folder, 'drift-profile.json'));
  expect(next).toMatchObject({ detected: false, features: [] });
});

test('the report shows what led to the verdict', async () => {
  const outcome = await drift(world({ days: DAYS + 14, law: { amount: 1 }, lawFrom: DAYS }));
  const report = JSON.parse(await readFile(join(outcome.folder, 'drift.json'), 'utf8'));
  expect(report).toMatchObject({ drift_detected: true, reference_version: 'v1', shared_clients: 1 });
  expect(outcome.verdict).toMatch(/^Drift: .*level of amounts by 0\.\d+ standard deviations in the last \d+ days/);
  const amount = report.features.find((feature: { feature: string }) => feature.feature === 'amount');
  expect(amount).toMatchObject({ drifted: true, kind: 'score', smallest_declared: 0.3, threshold: 0.15 });
  expect(amount.p_value).toBeLessThan(1e-3);
  expect(amount.statistics.psi).toBeGreaterThan(0.05);
  expect(amount.statistics.wasserstein).toBeGreaterThan(0);
  const again = await drift(world({ days: DAYS + 14, law: { amount: 1 }, lawFrom: DAYS }));
  const [first, second] = await Promise.all(
    [outcome, again].map(({ folder }) => readFile(join(folder, 'drift-profile.json'), 'utf8')),
  );
  expect(second.replace(/"version":"v\d+"/, '')).toBe(first.replace(/"version":"v\d+"/, ''));
});
