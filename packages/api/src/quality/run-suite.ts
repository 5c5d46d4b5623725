/** Runs a suite over tables in DuckDB. */
import type { DuckDbSession, Row } from '../tables/duckdb-session.ts';
import { identifier } from '../tables/sql-literal.ts';
import type { Expectation, ExpectationConfig, Outcome, Severity, TableFacts } from './expectation.ts';
import { EXPECTATIONS } from './expectations.ts';
import { type SuiteNaming, type UnexpectedValue, type ValidationJson, validationJson } from './great-expectations.ts';

const DETAIL_EXAMPLES = 5;

export type FailedCheck = { table: string; check: string; details: string; severity: Severity };

export interface SuiteRun {
  readonly validation: ValidationJson;
  readonly failed: readonly FailedCheck[];
  /** Outcome of each expectation, in the suite's order. */
  readonly outcomes: readonly Outcome[];
}

/** An expectation of the suite with its parsed kwargs hidden in the closures: the list mixes many kwargs types. */
interface Bound {
  readonly config: ExpectationConfig;
  readonly source: string;
  readonly aggregates: Readonly<Record<string, string>>;
  readonly query: string | undefined;
  judge(measured: Row): Outcome;
  examples(): string | undefined;
  knownExamples(): readonly string[];
  details(outcome: Outcome): string;
}

const ABSENT: TableFacts = {
  present: false,
  rows: 0,
  expectedBatches: 0,
  receivedBatches: 0,
  missingBatches: [],
  conflictingTotals: [],
  uncastable: {},
};

function bindTo<K>(expectation: Expectation<K>, config: ExpectationConfig, facts: TableFacts, source: string): Bound {
  const kwargs = expectation.kwargs.parse(config.kwargs);
  return {
    config,
    source,
    aggregates: expectation.aggregates?.(kwargs) ?? {},
    query: expectation.query?.(kwargs, source, facts.rows),
    judge: (measured) => expectation.judge(measured, kwargs, facts),
    examples: () => expectation.examples?.(kwargs, source),
    knownExamples: () => expectation.knownExamples?.(kwargs, facts) ?? [],
    details: (outcome) => expectation.details(outcome, kwargs),
  };
}

function bind(config: ExpectationConfig, facts: TableFacts, source: string): Bound {
  const expectation = EXPECTATIONS.find(({ type }) => type === config.type);
  if (!expectation) throw new Error(`There is no expectation of type "${config.type}".`);
  return bindTo(expectation as unknown as Expectation<unknown>, config, facts, source);
}

/** What a table is read from: NaN is a missing value, as in pandas, and DuckDB's largest number otherwise. */
async function sourceOf(db: DuckDbSession, table: string): Promise<string> {
  const columns = await db.rows(`SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${identifier(table)})`);
  const replaced = columns
    .filter(({ type }) => type === 'DOUBLE' || type === 'FLOAT')
    .map(({ name }) => identifier(String(name)))
    .map((name) => `CASE WHEN NOT isnan(${name}) THEN ${name} END AS ${name}`);
  return replaced.length === 0
    ? identifier(table)
    : `(SELECT * REPLACE (${replaced.join(', ')}) FROM ${identifier(table)})`;
}

/** Numbers for all expectations of one table: one scan for all aggregates, and one query for each different own query. */
async function measureTable(db: DuckDbSession, source: string, bound: readonly Bound[]): Promise<Row[]> {
  const columns = new Map<string, string>();
  for (const { aggregates } of bound) {
    for (const sql of Object.values(aggregates)) if (!columns.has(sql)) columns.set(sql, `a${columns.size}`);
  }
  const select = [...columns].map(([sql, name]) => `${sql} AS ${name}`).join(', ');
  const scanned = select ? await db.row(`SELECT ${select} FROM ${source}`) : {};
  const queried = new Map<string, Row>();
  for (const { query } of bound) if (query && !queried.has(query)) queried.set(query, await db.row(query));
  return bound.map(({ aggregates, query }) => {
    const own = query ? (queried.get(query) ?? {}) : {};
    const shared = Object.entries(aggregates).map(
      ([key, sql]) => [key, scanned[columns.get(sql) ?? ''] ?? null] as const,
    );
    return { ...own, ...Object.fromEntries(shared) };
  });
}

/**
 * Runs `suite`; tables are views or tables of `db` under their own names. An expectation about a table that is not there
 * (facts absent) is judged on the facts alone and reads nothing.
 */
export async function runSuite(
  db: DuckDbSession,
  suite: readonly ExpectationConfig[],
  facts: Readonly<Record<string, TableFacts>>,
  naming: SuiteNaming,
): Promise<SuiteRun> {
  const tables = [...new Set(suite.map((config) => config.meta.table))];
  const sources = new Map<string, string>();
  for (const table of tables) sources.set(table, facts[table]?.present ? await sourceOf(db, table) : identifier(table));
  const bound = suite.map((config) => {
    const { table } = config.meta;
    return bind(config, facts[table] ?? ABSENT, sources.get(table) ?? identifier(table));
  });
  const measured = new Map<Bound, Row>();
  const waiting = tables.sort((a, b) => (facts[b]?.rows ?? 0) - (facts[a]?.rows ?? 0));
  // Most queries are too small for two threads, so two tables are measured at a time, large ones first.
  const lane = async () => {
    await using connection = await db.connect();
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      const own = bound.filter(({ config }) => config.meta.table === table);
      const rows = facts[table]?.present ? await measureTable(connection, own[0].source, own) : own.map(() => ({}));
      own.forEach((item, index) => {
        measured.set(item, rows[index]);
      });
    }
  };
  for (const lanes of await Promise.allSettled([lane(), lane()])) if (lanes.status === 'rejected') throw lanes.reason;

  const outcomes: Outcome[] = [];
  const unexpected: UnexpectedValue[][] = [];
  const failed: FailedCheck[] = [];
  for (const item of bound) {
    const outcome = item.judge(measured.get(item) ?? {});
    let values: UnexpectedValue[] = [];
    if (!outcome.success) {
      const { meta, severity } = item.config;
      values = item.knownExamples().map((value) => ({ value }));
      const query = facts[meta.table]?.present && values.length === 0 ? item.examples() : undefined;
      if (query) values = (await db.rows(query)).map((row) => ({ value: String(row.v), count: Number(row.n) }));
      const shown = values.slice(0, DETAIL_EXAMPLES).map(({ value }) => value);
      const details = item.details(outcome) + (shown.length > 0 ? `; for example ${shown.join(', ')}` : '');
      failed.push({ table: meta.table, check: meta.check, details, severity });
    }
    outcomes.push(outcome);
    unexpected.push(values);
  }
  return { outcomes, failed, validation: validationJson(suite, outcomes, unexpected, naming) };
}
