import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import { corruptBanks, damaged } from '../fixtures/corrupt-banks.ts';
import { type Bank, smallBank } from '../fixtures/small-bank.ts';
import { type WriteVersionOptions, writeVersion } from '../fixtures/write-version.ts';
import { ingestStage } from './ingest.ts';
import { validateStage } from './validate.ts';

interface Verdict {
  readonly valid: boolean;
  readonly checks: number;
  readonly stop: boolean | undefined;
  readonly critical: readonly string[];
  readonly warnings: readonly string[];
  readonly details: Readonly<Record<string, string>>;
  readonly folder: string;
}

let root = '';
let base: Bank;
let profile = '';
let runs = 0;

async function validate(
  bank: Partial<Bank>,
  options: WriteVersionOptions & { first?: boolean } = {},
): Promise<Verdict> {
  const folder = join(root, `v${++runs}`);
  await writeVersion(folder, bank, options);
  if (!options.first) await copyFile(profile, join(folder, 'baseline.json'));
  const context = await DirectoryStageContext.open(folder, { threads: 1, memoryBytes: 512 * 2 ** 20 });
  await ingestStage.run(context);
  const { summary, stop } = await validateStage.run(context);
  const failed = summary.failed_checks as { table: string; check: string; details: string; severity: string }[];
  const named = (severity: string) =>
    failed.filter((check) => check.severity === severity).map(({ table, check }) => `${table}.${check}`);
  return {
    valid: summary.valid === true,
    checks: Number(summary.checks_total),
    stop,
    critical: named('critical'),
    warnings: named('warning'),
    details: Object.fromEntries(failed.map(({ table, check, details }) => [`${table}.${check}`, details])),
    folder,
  };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindred-validate-'));
  base = smallBank();
  const first = await validate(base, { first: true });
  expect(first).toMatchObject({ valid: true, critical: [], stop: false });
  profile = join(root, 'profile.json');
  await copyFile(join(first.folder, 'profile.json'), profile);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('clean versions stay valid', () => {
  const cases: [string, () => Bank][] = [
    ['the same data again', () => base],
    ['a later calendar, more clients and offers', () => smallBank({ days: 140, users: 660, offers: 80 })],
    ['a gap of half a year', () => smallBank({ days: 300 })],
    ['amounts two steps up', () => smallBank({ days: 140, law: { amount: 2 }, lawFrom: 120 })],
    ['all amounts shifted', () => smallBank({ law: { amount: 2 } })],
    ['doubled frequency', () => smallBank({ law: { frequency: 2 } })],
    ['online share up by 40 points', () => smallBank({ law: { online: 0.4 } })],
    ['another taste', () => smallBank({ law: { taste: 3 } })],
    ['60% of the clients in one segment', () => smallBank({ segmentMix: 0.6 })],
    [
      'a new region and a new product for some',
      () => {
        const people = damaged(base, 'people', 0.04, (record) => ({ ...record, region: 'НОВАЯ ОБЛАСТЬ' }));
        return {
          ...people,
          financial_account: damaged(base, 'financial_account', 0.05, (record) => ({ ...record, product_cd: 'NEW' }))
            .financial_account,
        };
      },
    ],
    [
      'one stray null key and one stray date',
      () => {
        const bank = smallBank();
        bank.transaction[5] = { ...bank.transaction[5], user_id: null };
        bank.transaction[9] = { ...bank.transaction[9], event_date: '2099-01-01' };
        return bank;
      },
    ],
  ];
  test.concurrent.each(cases)('%s', async (_name, make) => {
    expect(await validate(make())).toMatchObject({ valid: true, critical: [], stop: false });
  });
});

describe('corrupt versions are invalid for the reason that was put in', () => {
  test.concurrent.each(corruptBanks(smallBank()))('$name', async ({ bank, reasons }) => {
    const verdict = await validate(bank);
    expect(verdict).toMatchObject({ valid: false, stop: true });
    expect(verdict.critical).toEqual(expect.arrayContaining([...reasons]));
  });

  test('lost batches name themselves, in the first version too', async () => {
    const verdict = await validate(base, { batchSize: 2000, lost: ['transaction.2', 'offer_seens.1'] });
    expect(verdict.critical).toEqual(
      expect.arrayContaining(['transaction.batches_complete', 'offer_seens.batches_complete']),
    );
    expect(verdict.details['transaction.batches_complete']).toMatch(/^1 of \d+ batches missing; for example batch 2$/);
    expect(await validate(base, { first: true, batchSize: 2000, lost: ['receipts.1'] })).toMatchObject({
      valid: false,
      critical: ['receipts.batches_complete'],
    });
  });

  test('a version in which nothing arrived', async () => {
    const verdict = await validate({});
    expect(verdict.valid).toBe(false);
    expect(verdict.critical).toHaveLength(10);
  });
});

test("details tell counts and examples, results are Great Expectations' own", async () => {
  const verdict = await validate(damaged(base, 'people', 0.05, (r, i) => ({ ...r, gender_cd: i % 40 ? 'Z' : '?' })));
  expect(verdict.details['people.gender_cd_known']).toBe(
    '30 of 600 values (5.0%) of gender_cd are not among F, M; for example ?, Z',
  );
  const validation = JSON.parse(await readFile(join(verdict.folder, 'validation.json'), 'utf8'));
  const people = validation.validation_results.find((r: { suite_name: string }) => r.suite_name === 'lookalike.people');
  const result = people.results.find(
    (r: { expectation_config: { meta: { check: string } } }) => r.expectation_config.meta.check === 'gender_cd_known',
  );
  expect(result).toMatchObject({
    success: false,
    expectation_config: {
      type: 'expect_column_values_to_be_in_set',
      kwargs: { column: 'gender_cd', value_set: ['F', 'M'] },
      meta: { table: 'people', baseline: 0 },
      severity: 'critical',
    },
    result: {
      element_count: 600,
      missing_count: 0,
      unexpected_count: 30,
      unexpected_percent: 5,
      partial_unexpected_list: ['?', 'Z'],
      partial_unexpected_counts: [
        { value: '?', count: 15 },
        { value: 'Z', count: 15 },
      ],
    },
  });
  expect(validation).toMatchObject({ success: false, valid: false });
  expect(validation.statistics.evaluated_expectations).toBe(verdict.checks);
  expect(verdict.checks).toBeGreaterThan(100);
});

test('the first version judges by absolute rules, and forgives what is only unusual', async () => {
  const { financial_account: _, ...without } = base;
  const odd = await validate(without, { first: true });
  expect(odd).toMatchObject({ valid: true, warnings: ['financial_account.table_present'] });
  const bad = await validate(
    damaged(base, 'transaction', 0.05, (r) => ({ ...r, user_id: null })),
    { first: true },
  );
  expect(bad).toMatchObject({ valid: false, critical: ['transaction.user_id_not_null'] });
});
