/** Runs a suite over tables in DuckDB and reports in Great Expectations' validation-result JSON. */
import type { Json } from '../pipelines/stage.ts';
import type { DuckDbSession, Row } from '../tables/duckdb-session.ts';
import { identifier } from '../tables/sql-literal.ts';
import type { Expectation, ExpectationConfig, Outcome, Severity, TableFacts } from './expectation.ts';
import { EXPECTATIONS } from './expectations.ts';

/** As many unexpected values as Great Expectations lists by default. */
const PARTIAL_LIST = 20;
const DETAIL_EXAMPLES = 5;

export type ExpectationResult = {
  expectation_config: { expectation_type: string; kwargs: { [key: string]: Json }; meta: { [key: string]: Json } };
  success: boolean;
  result: { [key: string]: Json };
  meta: { [key: string]: Json };
  exception_info: { raised_exception: boolean; exception_message: string | null; exception_traceback: null };
};

export type ValidationResultJson = {
  /** Whether all critical expectations were met; Great Expectations, which knows no severities, would say whether all were. */
  success: boolean;
  statistics: {
    evaluated_expectations: number;
    successful_expectations: number;
    unsuccessful_expectations: number;
    success_percent: number | null;
  };
  results: ExpectationResult[];
  meta: { [key: string]: Json };
};

export type FailedCheck = { table: string; check: string; details: string; severity: Severity };

export interface SuiteRun {
  readonly validation: ValidationResultJson;
  readonly failed: readonly FailedCheck[];
  /** Outcome of each expectation, in the suite's order. */
  readonly outcomes: readonly Outcome[];
}

/** An expectation of the suite with its parsed kwargs hidden in the closures: the list mixes many kwargs types. */
interface Bound {
  readonly config: ExpectationConfig;
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

function bindTo<K>(expectation: Expectation<K>, config: ExpectationConfig, facts: TableFacts): Bound {
  const kwargs = expectation.kwargs.parse(config.kwargs);
  const table = identifier(config.meta.table);
  return {
    config,
    aggregates: expectation.aggregates?.(kwargs) ?? {},
    query: expectation.query?.(kwargs, table, facts.rows),
    judge: (measured) => expectation.judge(measured, kwargs, facts),
    examples: () => expectation.examples?.(kwargs, table),
    knownExamples: () => expectation.knownExamples?.(kwargs, facts) ?? [],
    details: (outcome) => expectation.details(outcome, kwargs),
  };
}

function bind(config: ExpectationConfig, facts: TableFacts): Bound {
  const expectation = EXPECTATIONS.find(({ type }) => type === config.expectation_type);
  if (!expectation) throw new Error(`There is no expectation of type "${config.expectation_type}".`);
  return bindTo(expectation as unknown as Expectation<unknown>, config, facts);
}

/** Numbers for all expectations of one table: one scan for all aggregates, and one query for each different own query. */
async function measureTable(db: DuckDbSession, table: string, bound: readonly Bound[]): Promise<Row[]> {
  const columns = new Map<string, string>();
  for (const { aggregates } of bound) {
    for (const sql of Object.values(aggregates)) if (!columns.has(sql)) columns.set(sql, `a${columns.size}`);
  }
  const select = [...columns].map(([sql, name]) => `${sql} AS ${name}`).join(', ');
  const scanned = select ? await db.row(`SELECT ${select} FROM ${identifier(table)}`) : {};
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

function resultJson(outcome: Outcome, examples: readonly string[]): { [key: string]: Json } {
  const result: { [key: string]: Json } = {};
  if (outcome.elementCount !== undefined) {
    const { elementCount: elements, missingCount: missing = 0, unexpectedCount: unexpected = 0 } = outcome;
    const share = (of: number) => (of === 0 ? 0 : (100 * unexpected) / of);
    result.element_count = elements;
    result.missing_count = missing;
    result.missing_percent = elements === 0 ? 0 : (100 * missing) / elements;
    result.unexpected_count = unexpected;
    result.unexpected_percent = share(elements - missing);
    result.unexpected_percent_total = share(elements);
    result.unexpected_percent_nonmissing = share(elements - missing);
    result.partial_unexpected_list = examples.slice(0, PARTIAL_LIST);
  }
  if (outcome.observed !== undefined) result.observed_value = outcome.observed;
  return result;
}

/**
 * Runs `suite`; tables are views or tables of `db` under their own names. An expectation about a table that is not there
 * (facts absent) is judged on the facts alone and reads nothing.
 */
export async function runSuite(
  db: DuckDbSession,
  suite: readonly ExpectationConfig[],
  facts: Readonly<Record<string, TableFacts>>,
  meta: { [key: string]: Json } = {},
): Promise<SuiteRun> {
  const bound = suite.map((config) => bind(config, facts[config.meta.table] ?? ABSENT));
  const measured = new Map<Bound, Row>();
  const waiting = [...new Set(suite.map((config) => config.meta.table))].sort(
    (a, b) => (facts[b]?.rows ?? 0) - (facts[a]?.rows ?? 0),
  );
  // Most queries are too small for two threads, so two tables are measured at a time, large ones first.
  const lane = async () => {
    await using connection = await db.connect();
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      const own = bound.filter(({ config }) => config.meta.table === table);
      const rows = facts[table]?.present ? await measureTable(connection, table, own) : own.map(() => ({}));
      own.forEach((item, index) => {
        measured.set(item, rows[index]);
      });
    }
  };
  for (const lanes of await Promise.allSettled([lane(), lane()])) if (lanes.status === 'rejected') throw lanes.reason;

  const outcomes: Outcome[] = [];
  const results: ExpectationResult[] = [];
  const failed: FailedCheck[] = [];
  for (const item of bound) {
    const outcome = item.judge(measured.get(item) ?? {});
    let examples: readonly string[] = [];
    if (!outcome.success) {
      const { table, check, severity } = item.config.meta;
      examples = item.knownExamples();
      const query = facts[table]?.present && examples.length === 0 ? item.examples() : undefined;
      if (query) examples = (await db.rows(query)).map((row) => String(row.v));
      const shown = examples.slice(0, DETAIL_EXAMPLES).join(', ');
      failed.push({ table, check, details: item.details(outcome) + (shown ? `; for example ${shown}` : ''), severity });
    }
    outcomes.push(outcome);
    results.push({
      expectation_config: {
        expectation_type: item.config.expectation_type,
        kwargs: { ...item.config.kwargs },
        meta: { ...item.config.meta },
      },
      success: outcome.success,
      result: resultJson(outcome, examples),
      meta: {},
      exception_info: { raised_exception: false, exception_message: null, exception_traceback: null },
    });
  }
  const successful = results.filter(({ success }) => success).length;
  return {
    outcomes,
    failed,
    validation: {
      success: !failed.some(({ severity }) => severity === 'critical'),
      statistics: {
        evaluated_expectations: results.length,
        successful_expectations: successful,
        unsuccessful_expectations: results.length - successful,
        success_percent: results.length === 0 ? null : (100 * successful) / results.length,
      },
      results,
      meta,
    },
  };
}
