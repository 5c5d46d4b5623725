import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import { type Bank, type BankRecord, smallBank } from '../fixtures/small-bank.ts';
import { type WriteVersionOptions, writeVersion } from '../fixtures/write-version.ts';
import type { TableName } from '../tables.ts';
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

/** A copy in which every `1/share`-th record of a table is replaced. */
function damaged(table: TableName, share: number, change: (record: BankRecord, index: number) => BankRecord): Bank {
  const every = Math.round(1 / share);
  return { ...base, [table]: base[table].map((record, i) => (i % every === 0 ? change(record, i) : record)) };
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
        const people = damaged('people', 0.04, (record) => ({ ...record, region: 'НОВАЯ ОБЛАСТЬ' }));
        return {
          ...people,
          financial_account: damaged('financial_account', 0.05, (record) => ({ ...record, product_cd: 'NEW' }))
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
  const cases: [string, () => Partial<Bank>, string][] = [
    [
      '1% null clients',
      () => damaged('transaction', 0.01, (r) => ({ ...r, user_id: null })),
      'transaction.user_id_not_null',
    ],
    [
      '1% null offers in activations',
      () => damaged('offer_activation', 0.01, (r) => ({ ...r, offer_id: 'nan' })),
      'offer_activation.offer_id_not_null',
    ],
    [
      '1% null merchants of transactions',
      () => damaged('transaction', 0.01, (r) => ({ ...r, merchant_id_tx: null })),
      'transaction.merchant_id_tx_not_null',
    ],
    ['5% null segments', () => damaged('segments', 0.05, (r) => ({ ...r, segment: '' })), 'segments.segment_not_null'],
    [
      '1% words in dates',
      () => damaged('transaction', 0.01, (r) => ({ ...r, event_date: 'yesterday' })),
      'transaction.event_date_type',
    ],
    [
      '1% words in ids',
      () => damaged('offer_seens', 0.01, (r) => ({ ...r, user_id: 'USER_X' })),
      'offer_seens.user_id_type',
    ],
    [
      '2% words in amounts',
      () => damaged('transaction', 0.02, (r) => ({ ...r, amount_bucket: '???' })),
      'transaction.amount_bucket_type',
    ],
    ['2% unknown genders', () => damaged('people', 0.02, (r) => ({ ...r, gender_cd: 'X' })), 'people.gender_cd_known'],
    [
      '2% segments of another form',
      () => damaged('segments', 0.02, (r) => ({ ...r, segment: 'unknown_99' })),
      'segments.segment_form',
    ],
    ['30% unknown regions', () => damaged('people', 0.3, (r, i) => ({ ...r, region: `?${i}` })), 'people.region_known'],
    [
      '1% of dates in 2099',
      () => damaged('transaction', 0.01, (r) => ({ ...r, event_date: '2099-12-31' })),
      'transaction.event_date_plausible',
    ],
    [
      '1% of dates in 1970',
      () => damaged('receipts', 0.01, (r) => ({ ...r, date_operated: '1970-01-01' })),
      'receipts.date_operated_plausible',
    ],
    [
      '5% of dates next year',
      () => damaged('transaction', 0.05, (r) => ({ ...r, event_date: String(r.event_date).replace('2025', '2026') })),
      'transaction.event_date_plausible',
    ],
    [
      'all dates in 1970',
      () => damaged('transaction', 1, (r) => ({ ...r, event_date: '1970-01-01' })),
      'transaction.event_date_calendar',
    ],
    [
      '5% of offers end before they start',
      () => damaged('offer', 0.05, (r) => ({ ...r, end_date: '2024-01-01' })),
      'offer.end_date_after_start',
    ],
    [
      '1% negative amounts',
      () => damaged('transaction', 0.01, (r) => ({ ...r, amount_bucket: -500 })),
      'transaction.amount_bucket_level_range',
    ],
    [
      '1% absurd amounts',
      () => damaged('transaction', 0.01, (r) => ({ ...r, amount_bucket: 1e12 })),
      'transaction.amount_bucket_level_range',
    ],
    ['2% ages of 999', () => damaged('people', 0.02, (r) => ({ ...r, age_bucket: 999 })), 'people.age_bucket_range'],
    [
      '2% repeated transactions',
      () => ({ ...base, transaction: [...base.transaction, ...base.transaction.filter((_, i) => i % 50 === 0)] }),
      'transaction.transaction_id_unique',
    ],
    [
      '5% repeated rewards',
      () => ({ ...base, offer_reward: [...base.offer_reward, ...base.offer_reward.filter((_, i) => i % 20 === 0)] }),
      'offer_reward.rows_unique',
    ],
    [
      'repeated clients',
      () => ({ ...base, people: [...base.people, ...base.people.slice(0, 20)] }),
      'people.user_id_unique',
    ],
    [
      '2% orphan clients',
      () => damaged('transaction', 0.02, (r) => ({ ...r, user_id: 99_999_999 })),
      'transaction.user_id_in_people',
    ],
    [
      '2% orphan offers',
      () => damaged('offer_activation', 0.02, (r) => ({ ...r, offer_id: 888_888 })),
      'offer_activation.offer_id_in_offer',
    ],
    [
      'orphan merchants',
      () => damaged('offer', 0.2, (r) => ({ ...r, merchant_id_offer: 777_777 })),
      'offer.merchant_id_offer_in_merchant',
    ],
    [
      'all brands unknown',
      () => damaged('transaction', 1, (r) => ({ ...r, brand_dk: 1 + (Number(r.transaction_id ?? 0) % 50) })),
      'transaction.brand_dk_in_merchant',
    ],
    [
      'no table of clients',
      () => {
        const { people: _, ...rest } = base;
        return rest;
      },
      'people.table_present',
    ],
    [
      'no table of accounts',
      () => {
        const { financial_account: _, ...rest } = base;
        return rest;
      },
      'financial_account.table_present',
    ],
    ['an empty table', () => ({ ...base, segments: [] }), 'segments.row_count'],
    [
      'a third of the transactions',
      () => ({ ...base, transaction: base.transaction.filter((_, i) => i % 3 === 0) }),
      'transaction.row_count',
    ],
    [
      'transactions of two thirds of the clients',
      () => ({ ...base, transaction: base.transaction.slice(0, Math.floor(base.transaction.length * 0.65)) }),
      'transaction.covers_people',
    ],
    ['half of the segments', () => ({ ...base, segments: base.segments.slice(0, 300) }), 'segments.covers_people'],
    [
      'one amount for all',
      () => damaged('transaction', 1, (r) => ({ ...r, amount_bucket: '0-100' })),
      'transaction.amount_bucket_varies',
    ],
    [
      'one segment for nearly all',
      () => ({ ...base, segments: base.segments.map((r, i) => (i % 100 === 0 ? r : { ...r, segment: 'u_01' })) }),
      'segments.segment_spread',
    ],
    [
      'one client holds half of the purchases',
      () => damaged('transaction', 0.5, (r) => ({ ...r, user_id: 1 })),
      'transaction.user_id_spread',
    ],
    [
      'a column missing',
      () => damaged('segments', 1, ({ vip_status: _, ...rest }) => rest),
      'segments.vip_status_not_null',
    ],
    [
      'swapped columns',
      () =>
        damaged('offer', 1, (r) => ({
          ...r,
          offer_id: r.merchant_id_offer,
          merchant_id_offer: Number(r.offer_id ?? 0) + 1000,
        })),
      'offer.merchant_id_offer_in_merchant',
    ],
    [
      'shuffled clients',
      () =>
        damaged('transaction', 1, (r, i) => ({
          ...r,
          user_id: base.transaction[(i * 7919) % base.transaction.length].user_id,
        })),
      'transaction.brand_habits',
    ],
  ];
  /** Cases damage one table each; those of different tables share a version, for a run costs more than a check. */
  const groups: (typeof cases)[] = [];
  for (const item of cases) {
    const table = item[2].split('.')[0];
    const free = groups.find((group) => group.every(([, , reason]) => reason.split('.')[0] !== table));
    if (free) free.push(item);
    else groups.push([item]);
  }
  test.concurrent.each(groups.map((group) => [group.map(([name]) => name).join('; '), group] as const))(
    '%s',
    async (_names, group) => {
      const bank: Partial<Bank> = { ...base };
      for (const [, make, reason] of group) {
        const table = reason.split('.')[0] as TableName;
        const damagedTable = make()[table];
        if (damagedTable) bank[table] = damagedTable;
        else delete bank[table];
      }
      const verdict = await validate(bank);
      expect(verdict).toMatchObject({ valid: false, stop: true });
      expect(verdict.critical).toEqual(expect.arrayContaining(group.map(([, , reason]) => reason)));
    },
  );

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
  const verdict = await validate(damaged('people', 0.05, (r, i) => ({ ...r, gender_cd: i % 40 ? 'Z' : '?' })));
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
    damaged('transaction', 0.05, (r) => ({ ...r, user_id: null })),
    { first: true },
  );
  expect(bad).toMatchObject({ valid: false, critical: ['transaction.user_id_not_null'] });
});
