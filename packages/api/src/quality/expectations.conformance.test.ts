/** Each expectation means what it means in Great Expectations where data are odd: nothing there, ties, texts like numbers. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../pipelines/stage.ts';
import { DuckDbSession } from '../tables/duckdb-session.ts';
import { quote } from '../tables/sql-literal.ts';
import { type BothResults, findGreatExpectations, validateWithBoth } from '../test/great-expectations.ts';
import { expectSameResults } from '../test/same-results.ts';
import type { ExpectationConfig, TableFacts } from './expectation.ts';
import { suitesJson } from './great-expectations.ts';
import { runSuite } from './run-suite.ts';

const python = findGreatExpectations();

type Given = readonly [type: string, kwargs: Record<string, Json>];
interface Table {
  /** Rows, as a query. */
  readonly sql: string;
  readonly expectations: readonly Given[];
}

const values = (column: string, type: string, ...literals: string[]) =>
  `SELECT v AS ${column} FROM (VALUES ${literals.map((literal) => `((${literal})::${type})`).join(', ')}) t(v)`;

const notNull = (column: string, mostly = 1): Given => ['expect_column_values_to_not_be_null', { column, mostly }];
const inSet = (column: string, value_set: string[], mostly = 1): Given => [
  'expect_column_values_to_be_in_set',
  { column, value_set, mostly },
];
const regex = (column: string, pattern: string): Given => [
  'expect_column_values_to_match_regex',
  { column, regex: pattern },
];
const between = (column: string, bounds: Record<string, Json>): Given => [
  'expect_column_values_to_be_between',
  { column, ...bounds },
];
const unique = (column: string, mostly = 1): Given => ['expect_column_values_to_be_unique', { column, mostly }];
const distinct = (column: string, min_value: number): Given => [
  'expect_column_unique_value_count_to_be_between',
  { column, min_value },
];
const share = (column: string, max_value: number): Given => [
  'expect_column_most_common_value_share_to_be_at_most',
  { column, max_value },
];
const median = (column: string, min_value: string, max_value: string): Given => [
  'expect_column_median_to_be_between',
  { column, min_value, max_value },
];
const greater = (given: Record<string, Json>): Given => [
  'expect_column_pair_values_a_to_be_greater_than_b',
  { column_A: 'a', column_B: 'b', ...given },
];
const compound = (...column_list: string[]): Given => ['expect_compound_columns_to_be_unique', { column_list }];
const rows = (bounds: Record<string, Json>): Given => ['expect_table_row_count_to_be_between', bounds];
const known = (column: string, mostly = 1): Given => [
  'expect_column_values_to_be_in_other_table',
  { column, other_table: 'others', other_column: 'k', mostly },
];
const covers = (column: string, min_value: number): Given => [
  'expect_column_to_cover_share_of_other_table',
  { column, other_table: 'others', other_column: 'k', min_value },
];
const associated = (min_value: number): Given => [
  'expect_column_pair_association_to_be_at_least',
  { column_A: 'i', column_B: 's', min_value },
];

const PAIRS = [false, true].flatMap((or_equal) =>
  (['both_values_are_missing', 'either_value_is_missing', 'neither'] as const).map((ignore_row_if) =>
    greater({ or_equal, ignore_row_if, mostly: 0.5 }),
  ),
);
const EVERYTHING = [
  rows({ min_value: 0 }),
  rows({ min_value: 1, max_value: 10 }),
  ...['i', 'x', 's', 'd', 'f'].flatMap((column) => [
    notNull(column),
    notNull(column, 0),
    unique(column),
    distinct(column, 0),
    distinct(column, 1),
    share(column, 0.5),
  ]),
  inSet('s', ['a']),
  regex('s', '^a$'),
  between('i', { min_value: 0, max_value: 1 }),
  between('x', { min_value: 0 }),
  between('d', { min_value: '2025-01-01T00:00:00', mostly: 0.5 }),
  median('d', '2000-01-01T00:00:00', '2060-01-01T00:00:00'),
  greater({ column_A: 'd', column_B: 'd2', or_equal: true, ignore_row_if: 'either_value_is_missing' }),
  compound('i', 's'),
  compound('i', 'x', 's', 'd', 'f'),
  known('i'),
  covers('i', 0),
  covers('i', 0.1),
  associated(0),
  associated(1.5),
];
const NOTHING =
  'NULL::BIGINT AS i, NULL::DOUBLE AS x, NULL::VARCHAR AS s, NULL::DATE AS d, NULL::DATE AS d2, NULL::BOOLEAN AS f';

const TABLES: Readonly<Record<string, Table>> = {
  others: { sql: values('k', 'BIGINT', '1', '2', '2', 'NULL', '9007199254740993'), expectations: [unique('k')] },
  empty: { sql: `SELECT ${NOTHING} LIMIT 0`, expectations: EVERYTHING },
  nulls: { sql: `SELECT ${NOTHING} FROM range(7)`, expectations: EVERYTHING },
  not_a_number: {
    sql: values('x', 'DOUBLE', "'nan'", '1', '2', "'inf'", "'-inf'", 'NULL', "'nan'", '-0.0', '0.0', '0.1'),
    expectations: [
      notNull('x'),
      notNull('x', 0.7),
      between('x', { min_value: 0 }),
      between('x', { max_value: 1.5, mostly: 0.5 }),
      between('x', { min_value: 0.1, max_value: 2, strict_min: true, strict_max: true }),
      unique('x'),
      distinct('x', 7),
      share('x', 0.2),
    ],
  },
  ties: {
    sql: values('s', 'VARCHAR', "'a'", "'a'", "'b'", "'a'", "'a'", "'a'", "'a'", "'a'", "'a'", "'a'", 'NULL', 'NULL'),
    expectations: [0, 0.8999999999999999, 0.9, 0.9000000000000001, 1]
      .map((mostly) => inSet('s', ['a'], mostly))
      .concat([10 / 12, 0.8333333333333333, 0.8333333333333335].map((mostly) => notNull('s', mostly)))
      .concat([share('s', 0.9), share('s', 0.8999999999999999), unique('s', 0.1), unique('s', 0.10000000000000002)]),
  },
  thirds: {
    sql: values('i', 'BIGINT', '1', '2', '7'),
    expectations: [2 / 3, 0.66666666666666, 0.6666666666666667, 0.66666666666667].map((mostly) => known('i', mostly)),
  },
  unicode: {
    sql: values(
      's',
      'VARCHAR',
      "'москва'",
      "'МОСКВА'",
      "'é'",
      "'e' || chr(769)",
      "'😀'",
      "'😀'",
      "'שלום'",
      "'ß'",
      "'ss'",
      "''''",
      "'a\"b'",
      "'ё'",
    ),
    expectations: [
      inSet('s', ['москва', 'é', '😀', "'", 'a"b']),
      regex('s', '^[а-я]+$'),
      regex('s', '^.$'),
      regex('s', 'В'),
      regex('s', '😀|ß'),
      unique('s'),
      distinct('s', 11),
      share('s', 0.1),
    ],
  },
  line_breaks: {
    sql: values(
      's',
      'VARCHAR',
      "'m_1'",
      "'m_1' || chr(10)",
      "'m_1' || chr(10) || chr(10)",
      "chr(10) || 'm_1'",
      "' m_1'",
      "''",
    ),
    expectations: [regex('s', '^m_[0-9]$'), regex('s', 'm_1$'), regex('s', '^'), regex('s', '^$'), regex('s', 'm.1')],
  },
  days: {
    sql: `SELECT a::DATE AS a, b::DATE AS b FROM (VALUES ('2024-02-29', '2024-02-28'), ('2025-01-01', '2025-01-01'), ('5999-01-01', NULL),
      (NULL, '2025-06-01'), (NULL, NULL), ('1970-01-01', '5999-01-01'), ('0001-01-01', '9999-12-31')) t(a, b)`,
    expectations: [
      ...PAIRS,
      between('a', { min_value: '2024-02-29T00:00:00', max_value: '2025-01-01T00:00:00' }),
      between('a', { min_value: '2024-02-29T00:00:00', strict_min: true }),
      between('a', { max_value: '2025-01-01T00:00:00', strict_max: true, mostly: 0.6 }),
      between('a', { max_value: '2025-01-01T12:30:00' }),
      median('a', '2024-02-29T00:00:00', '2024-02-29T00:00:00'),
      median('a', '2024-03-01T00:00:00', '2060-01-01T00:00:00'),
      unique('a'),
      distinct('a', 5),
      share('b', 0.3),
      compound('a', 'b'),
    ],
  },
  even_days: {
    sql: values('d', 'DATE', "'2025-01-01'", "'2025-01-02'", "'2025-01-05'", "'2025-01-04'", 'NULL'),
    expectations: [
      median('d', '2025-01-03T00:00:00', '2025-01-03T00:00:00'),
      median('d', '2025-01-03T00:00:01', '2025-02-01T00:00:00'),
    ],
  },
  half_days: {
    sql: values('d', 'DATE', "'2025-01-01'", "'2025-01-02'"),
    expectations: [
      median('d', '2025-01-01T12:00:00', '2025-01-01T12:00:00'),
      median('d', '2025-01-01T00:00:00', '2025-01-01T00:00:00'),
    ],
  },
  large_integers: {
    sql: values(
      'i',
      'BIGINT',
      '9007199254740992',
      '9007199254740993',
      '9223372036854775807',
      '-9223372036854775807',
      'NULL',
      '0',
    ),
    expectations: [
      between('i', { max_value: 9007199254740991 }),
      between('i', { min_value: -9007199254740991, max_value: 9007199254740991, mostly: 0.2 }),
      unique('i'),
      distinct('i', 5),
      known('i', 0.2),
      covers('i', 0.3),
      share('i', 0.1),
    ],
  },
  like_numbers: {
    sql: values(
      's',
      'VARCHAR',
      "'7'",
      "'07'",
      "'7.0'",
      "' 7'",
      "'1e3'",
      "'NaN'",
      "'nan'",
      "'null'",
      "'None'",
      "''",
      "'7'",
      'NULL',
      "'-0'",
      "'0'",
    ),
    expectations: [
      notNull('s'),
      inSet('s', ['7', '1e3']),
      inSet('s', ['NaN', '', 'None', '0']),
      inSet('s', []),
      regex('s', '^[0-9]+$'),
      regex('s', '^$'),
      unique('s'),
      distinct('s', 12),
      share('s', 0.5),
    ],
  },
  numbers_and_texts: { sql: values('i', 'BIGINT', '7', '8'), expectations: [inSet('i', ['7', '8'])] },
  keys: {
    sql: `SELECT a::BIGINT AS a, b::VARCHAR AS b FROM (VALUES (1, 'x'), (1, 'x'), (1, NULL), (1, NULL), (NULL, 'x'), (NULL, 'x'), (NULL, NULL), (NULL, NULL), (2, 'y'), (3, '')) t(a, b)`,
    expectations: [compound('a', 'b'), unique('a'), unique('b')],
  },
};

const SKIPPED = python ? '' : ' (SKIPPED: it is not installed)';

describe.skipIf(python === undefined)(`expectations beside Great Expectations${SKIPPED}`, () => {
  let folder = '';
  let both: BothResults | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kindred-gx-odd-'));
    await using db = await DuckDbSession.open({ scratch: join(folder, 'scratch'), threads: 2, memoryBytes: 2 ** 28 });
    await mkdir(folder, { recursive: true });
    const facts: Record<string, TableFacts> = {};
    for (const [table, { sql }] of Object.entries(TABLES)) {
      await db.run(`CREATE TABLE ${table} AS ${sql}`);
      await db.run(`COPY ${table} TO ${quote(join(folder, `table.${table}.parquet`))} (FORMAT parquet)`);
      const counted = await db.row(`SELECT count(*) AS n FROM ${table}`);
      facts[table] = {
        present: true,
        rows: Number(counted.n),
        expectedBatches: 1,
        receivedBatches: 1,
        missingBatches: [],
        conflictingTotals: [],
        uncastable: {},
      };
    }
    const suite = Object.entries(TABLES).flatMap(([table, { expectations }]) =>
      expectations.map(
        ([type, kwargs], index): ExpectationConfig => ({
          type,
          kwargs,
          meta: { table, check: `${index}` },
          severity: 'critical',
        }),
      ),
    );
    const naming = { name: 'odd', version: 'v1', meta: {} };
    const { validation } = await runSuite(db, suite, facts, naming);
    await writeFile(join(folder, 'suites.json'), JSON.stringify(suitesJson(suite, naming)));
    await writeFile(join(folder, 'validation.json'), JSON.stringify(validation));
    await writeFile(join(folder, 'ingest.json'), JSON.stringify({ tables: {} }));
    [both] = await validateWithBoth(python ?? '', [folder]);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(Object.keys(TABLES))('%s', (table) => {
    const of = (results: BothResults['ours'] | undefined) =>
      (results?.validation_results ?? []).filter(({ suite_name }) => suite_name === `odd.${table}`);
    expect(of(both?.ours)).toHaveLength(1);
    expectSameResults(of(both?.ours), of(both?.theirs));
  });
});
