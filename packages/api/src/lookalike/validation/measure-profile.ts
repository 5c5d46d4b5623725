/** The profile of a version, mostly from the outcomes of its own checks. */
import { dayOf, type ExpectationConfig, type Outcome, type TableFacts } from '../../quality/expectation.ts';
import type { DuckDbSession } from '../../tables/duckdb-session.ts';
import { identifier } from '../../tables/sql-literal.ts';
import type { TableName } from '../tables.ts';
import { columnKey, type Profile, type Span } from './profile.ts';
import { CATEGORIES, GROWING_NUMBERS, MOST_VALUES } from './value-checks.ts';

/** The number that the next version's check of the same name compares with. */
function shareOf(config: ExpectationConfig, outcome: Outcome): number | undefined {
  if (outcome.unexpectedCount !== undefined && outcome.elementCount !== undefined) {
    const elements = outcome.elementCount - (outcome.missingCount ?? 0);
    return elements > 0 ? outcome.unexpectedCount / elements : 0;
  }
  if (typeof outcome.observed === 'number') return outcome.observed;
  const observed = outcome.observed;
  if (
    observed !== null &&
    typeof observed === 'object' &&
    !Array.isArray(observed) &&
    typeof observed.share === 'number'
  ) {
    return observed.share;
  }
  return config.meta.check === 'table_present' ? Number(outcome.observed) : undefined;
}

async function categoryValues(
  db: DuckDbSession,
  facts: Readonly<Record<TableName, TableFacts>>,
): Promise<Profile['values']> {
  const values: Profile['values'] = {};
  for (const { table, column } of CATEGORIES) {
    if (!facts[table].present) continue;
    const rows = await db.rows(
      `SELECT ${identifier(column)} AS v, count(*) AS n FROM ${identifier(table)} WHERE ${identifier(column)} IS NOT NULL
       GROUP BY 1 ORDER BY n DESC, v LIMIT ${MOST_VALUES + 1}`,
    );
    if (rows.length > MOST_VALUES) continue;
    values[columnKey(table, column)] = Object.fromEntries(rows.map((row) => [String(row.v), Number(row.n)]));
  }
  return values;
}

async function largestNumbers(
  db: DuckDbSession,
  facts: Readonly<Record<TableName, TableFacts>>,
): Promise<Profile['maxima']> {
  const maxima: Profile['maxima'] = {};
  for (const { table, column } of GROWING_NUMBERS) {
    if (!facts[table].present) continue;
    const { largest } = await db.row(`SELECT max(${identifier(column)}) AS largest FROM ${identifier(table)}`);
    if (largest !== null) maxima[columnKey(table, column)] = Number(largest);
  }
  return maxima;
}

export async function measureProfile(
  db: DuckDbSession,
  version: string,
  facts: Readonly<Record<TableName, TableFacts>>,
  spans: Readonly<Record<string, Span>>,
  suite: readonly ExpectationConfig[],
  outcomes: readonly Outcome[],
): Promise<Profile> {
  const shares: Profile['shares'] = {};
  const medians: Profile['medians'] = {};
  suite.forEach((config, index) => {
    const { table, check } = config.meta;
    const outcome = outcomes[index];
    const share = shareOf(config, outcome);
    if (share !== undefined) shares[`${table}.${check}`] = share;
    if (config.type === 'expect_column_median_to_be_between' && typeof outcome.observed === 'string') {
      medians[columnKey(table, String(config.kwargs.column))] = dayOf(outcome.observed);
    }
  });
  return {
    format: 1,
    version,
    rows: Object.fromEntries(Object.entries(facts).map(([table, { rows }]) => [table, rows])),
    shares,
    values: await categoryValues(db, facts),
    spans: { ...spans },
    medians,
    maxima: await largestNumbers(db, facts),
  };
}
