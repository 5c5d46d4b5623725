import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DirectoryStageContext, sha256OfFile } from '../../pipelines/directory-context.ts';
import { DuckDbSession } from '../../tables/duckdb-session.ts';
import { quote } from '../../tables/sql-literal.ts';
import { type RawTables, writeVersion } from '../fixtures/write-version.ts';
import { parseIngestReport } from '../ingest/ingest-report.ts';
import { ingestStage } from './ingest.ts';

let root = '';
let db: DuckDbSession;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kindred-ingest-'));
  db = await DuckDbSession.open({ scratch: root, threads: 1, memoryBytes: 256 * 2 ** 20 });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

async function ingest(
  name: string,
  tables: RawTables,
  options: Parameters<typeof writeVersion>[2] & { threads?: number } = {},
) {
  const folder = join(root, name);
  await writeVersion(folder, tables, options);
  return rerun(folder, options.threads);
}

async function rerun(folder: string, threads = 2) {
  const context = await DirectoryStageContext.open(folder, { threads, memoryBytes: 256 * 2 ** 20 });
  const result = await ingestStage.run(context);
  const report = parseIngestReport(await context.json('ingest.json'));
  const rows = (table: string, columns = '*') =>
    db.rows(`SELECT ${columns} FROM read_parquet(${quote(join(folder, `table.${table}.parquet`))})`);
  return { folder, result, report, rows };
}

describe('casts', () => {
  test('reads ids, dates, flags, codes and buckets in every spelling the contract allows', async () => {
    const { rows, report } = await ingest('spellings', {
      transaction: [
        {
          transaction_id: 1,
          user_id: 918,
          event_date: '2025-06-01',
          amount_bucket: '10k+',
          online_transaction_flg: 'Y',
          brand_dk: 428916.5e1,
        },
        {
          transaction_id: '2',
          user_id: '918',
          event_date: '2025-06-02 10:00:00',
          amount_bucket: '0-100',
          online_transaction_flg: 0,
          brand_dk: '428916.0',
        },
        {
          transaction_id: '3.0',
          user_id: ' 918 ',
          event_date: '2025-06-03T23:59:59.5+03:00',
          amount_bucket: 250.5,
          online_transaction_flg: '1.0',
          brand_dk: 'NaN',
        },
        {
          transaction_id: 4,
          user_id: 918,
          event_date: ' 2025-06-04 ',
          amount_bucket: '1000-5000',
          online_transaction_flg: true,
          brand_dk: '',
        },
      ],
      segments: [
        {
          user_id: 1,
          segment: 't_10 (40)',
          auto: '0.0',
          traveler: 'false',
          entrepreneur: null,
          vip_status: ' UPPERMASS ',
        },
      ],
      financial_account: [
        { user_id: 1, product_cd: 'CUR', open_month: '2020-05', close_month: '2021-07-19' },
        { user_id: 2, product_cd: 'CUR', open_month: '2020-05-01 00:00:00', close_month: 'None' },
      ],
    });
    expect(
      await rows(
        'transaction',
        'transaction_id::INT t, user_id::INT u, event_date::VARCHAR d, amount_bucket a, amount_bucket_level l, online_transaction_flg o, brand_dk::INT b',
      ),
    ).toEqual([
      { t: 1, u: 918, d: '2025-06-01', a: '10k+', l: 10000, o: true, b: 4289165 },
      { t: 2, u: 918, d: '2025-06-02', a: '0-100', l: 0, o: false, b: 428916 },
      { t: 3, u: 918, d: '2025-06-03', a: '250.5', l: 250.5, o: true, b: null },
      { t: 4, u: 918, d: '2025-06-04', a: '1000-5000', l: 1000, o: true, b: null },
    ]);
    expect(await rows('segments', 'segment, auto, traveler, entrepreneur, vip_status')).toEqual([
      { segment: 't_10', auto: false, traveler: false, entrepreneur: null, vip_status: 'UPPERMASS' },
    ]);
    expect(await rows('financial_account', 'open_month::VARCHAR o, close_month::VARCHAR c')).toEqual([
      { o: '2020-05-01', c: '2021-07-01' },
      { o: '2020-05-01', c: null },
    ]);
    expect(report.tables.transaction?.columns.brand_dk).toEqual({ missing: 2, uncastable: 0, examples: [] });
    // The field that no record of the table carries is missing everywhere, and nothing worse.
    expect(report.tables.segments?.columns.region_size).toEqual({ missing: 1, uncastable: 0, examples: [] });
  });

  test('refuses what is no value of the kind, counts it and shows examples', async () => {
    const bad = ['abc', '1.5', '12e-1', true, { a: 1 }, [7], '99999999999999999999', 'infinity'];
    const { rows, report } = await ingest('garbage', {
      people: bad.map((user_id) => ({ user_id, age_bucket: 'inf' })),
      offer: [
        'epoch',
        'infinity',
        '2025-02-30',
        '2025-06-01garbage',
        '01.06.2025',
        '12025-01-01',
        'not-a-date',
        '2025-06-1x',
        '-infinity ',
        '10',
        '5999-01-01',
      ].map((start_date, i) => ({ offer_id: i, merchant_id_offer: 1, start_date })),
      receipts: [
        { user_id: 1, items_cost: 'a lot' },
        { user_id: 1, items_cost: '<100' },
        { user_id: 1, items_cost: '10к+' },
      ],
    });
    expect((await rows('people')).every((row) => row.user_id === null && row.age_bucket === null)).toBe(true);
    expect(report.tables.people?.columns.user_id).toEqual({
      missing: 0,
      uncastable: 8,
      examples: ['1.5', '12e-1', '99999999999999999999', '[7]', 'abc'],
    });
    expect(report.tables.people?.columns.age_bucket.uncastable).toBe(8);
    expect((await rows('offer', 'start_date::VARCHAR d')).map((row) => row.d)).toEqual([
      ...Array(10).fill(null),
      '5999-01-01',
    ]);
    expect(report.tables.offer?.columns.start_date.uncastable).toBe(10);
    expect((await rows('receipts', 'items_cost_level l')).map((row) => row.l).sort()).toEqual([0, 10000, null]);
    expect(report.tables.receipts?.columns.items_cost).toEqual({ missing: 0, uncastable: 1, examples: ['a lot'] });
  });
});

describe('batches', () => {
  const merchants = Array.from({ length: 500 }, (_, i) => ({
    merchant_id_offer: (i * 7919) % 500,
    merchant_status: 'ACT',
    brand_dk: i % 7 === 0 ? null : `${i % 90}.0`,
  }));

  test('gives the same bytes for the same batches, in whatever order they came and on however many threads', async () => {
    const hashes = new Set<string>();
    for (const [name, threads] of [
      ['order-a', 2],
      ['order-b', 1],
      ['order-c', 4],
    ] as const) {
      const { folder } = await ingest(name, { merchant: merchants }, { batchSize: 50 });
      const path = join(folder, 'manifest.json');
      const manifest = JSON.parse(await readFile(path, 'utf8'));
      if (threads !== 2) manifest.tables.merchant.batches.reverse();
      await writeFile(path, JSON.stringify(manifest));
      await rerun(folder, threads);
      hashes.add(await sha256OfFile(join(folder, 'table.merchant.parquet')));
    }
    expect(hashes.size).toBe(1);
  });

  test('reports lost batches, conflicting totals and an empty table', async () => {
    const { folder } = await ingest(
      'lost',
      { merchant: merchants, offer: [] },
      { batchSize: 100, lost: ['merchant.2', 'merchant.5'] },
    );
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    manifest.tables.merchant.totals = [5, 4];
    await writeFile(path, JSON.stringify(manifest));
    const { report, rows } = await rerun(folder);
    expect(report.tables.merchant).toMatchObject({
      rows: 300,
      expected_batches: 5,
      received_batches: 3,
      missing_batches: [2, 5],
      missing_batch_count: 2,
      conflicting_totals: [4, 5],
    });
    expect(report.tables.offer).toMatchObject({
      rows: 0,
      expected_batches: 1,
      received_batches: 1,
      missing_batch_count: 0,
    });
    expect(await rows('offer')).toEqual([]);
  });

  test('counts what is missing of a total that nobody could list', async () => {
    const { folder } = await ingest('far', { merchant: merchants }, { batchSize: 500 });
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    manifest.tables.merchant.total_batches = 2 ** 31 - 1;
    await writeFile(path, JSON.stringify(manifest));
    const { report } = await rerun(folder);
    expect(report.tables.merchant).toMatchObject({
      received_batches: 1,
      missing_batches: Array.from({ length: 100 }, (_, i) => i + 2),
      missing_batch_count: 2 ** 31 - 2,
    });
  });

  test('reads bodies that strict JSON parsers refuse but reception accepted', async () => {
    const { folder } = await ingest(
      'odd-json',
      { offer: [{ offer_id: 1, merchant_id_offer: 1, start_date: '2025-06-01' }], merchant: merchants },
      { batchSize: 100 },
    );
    const offer = join(folder, 'batch.offer.1');
    await writeFile(
      offer,
      '{"records":[],"records":[{"offer_id":1,"offer_id":2,"merchant_id_offer":3,"offer_text":"\\ud800x"}, null, 5]}',
    );
    await appendFile(join(folder, 'batch.merchant.1'), '\n');
    const { report, rows } = await rerun(folder);
    expect(report.tables.offer).toMatchObject({ rows: 1, repaired_batches: 1 });
    expect(report.tables.merchant).toMatchObject({ rows: 500, repaired_batches: 0 });
    expect(await rows('offer', 'offer_id::INT o, merchant_id_offer::INT m, offer_text t')).toEqual([
      { o: 2, m: 3, t: '\uFFFDx' },
    ]);
  });

  test('a version without batches has an empty report', async () => {
    const { report, result } = await ingest('nothing', {});
    expect(report.tables).toEqual({});
    expect(result.summary).toMatchObject({ rows: 0, tables: [] });
  });
});
