import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../pipelines/stage.ts';
import { DuckDbSession } from '../tables/duckdb-session.ts';
import type { Severity, TableFacts } from './expectation.ts';
import { suitesJson } from './great-expectations.ts';
import { runSuite } from './run-suite.ts';

const NAMING = { name: 'odd', version: 'v1', meta: { baseline_version: null } };
let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kindred-suite-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function run(rows: string, type: string, kwargs: Record<string, Json>, severity: Severity = 'critical') {
  await using db = await DuckDbSession.open({ scratch, threads: 1, memoryBytes: 2 ** 27 });
  await db.run(`CREATE TABLE t AS ${rows}`);
  const { n } = await db.row('SELECT count(*) AS n FROM t');
  const facts: TableFacts = {
    present: true,
    rows: Number(n),
    expectedBatches: 1,
    receivedBatches: 1,
    missingBatches: [],
    conflictingTotals: [],
    uncastable: {},
  };
  const suite = [{ type, kwargs, meta: { table: 't', check: 'c' }, severity }];
  const { validation } = await runSuite(db, suite, { t: facts }, NAMING);
  const [{ results }] = validation.validation_results;
  return { validation, suites: suitesJson(suite, NAMING), success: results[0].success, result: results[0].result };
}

test('NaN is a missing value', async () => {
  const { success, result } = await run(
    "SELECT unnest(['nan'::DOUBLE, 1, -1, NULL]) AS x",
    'expect_column_values_to_be_between',
    { column: 'x', min_value: 0 },
  );
  expect(success).toBe(false);
  expect(result).toMatchObject({ element_count: 4, missing_count: 2, unexpected_count: 1, unexpected_percent: 50 });
});

test('shares of nothing are null, and vacuously met', async () => {
  const { success, result } = await run('SELECT NULL::VARCHAR AS s', 'expect_column_values_to_be_in_set', {
    column: 's',
    value_set: ['a'],
  });
  expect(success).toBe(true);
  expect(result).toMatchObject({ element_count: 1, missing_count: 1, unexpected_percent: null });
});

test('missing values equal each other in a compound key, unless all are missing', async () => {
  const { result } = await run(
    "SELECT * FROM (VALUES (1, NULL), (1, NULL), (NULL, NULL), (NULL, NULL), (2, 'x')) t(a, b)",
    'expect_compound_columns_to_be_unique',
    { column_list: ['a', 'b'] },
  );
  expect(result).toMatchObject({ element_count: 5, missing_count: 2, unexpected_count: 2 });
});

test('a failed warning is no success, but valid; suites are one per table', async () => {
  const { validation, suites } = await run(
    'SELECT 1 AS a',
    'expect_table_row_count_to_be_between',
    { min_value: 2 },
    'warning',
  );
  expect(validation).toMatchObject({ success: false, valid: true, validation_results: [{ suite_name: 'odd.t' }] });
  expect(suites).toEqual([
    {
      name: 'odd.t',
      expectations: [
        {
          type: 'expect_table_row_count_to_be_between',
          kwargs: { min_value: 2 },
          meta: { table: 't', check: 'c' },
          severity: 'warning',
        },
      ],
      meta: { baseline_version: null, table: 't' },
    },
  ]);
});
