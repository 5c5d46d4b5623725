/** What the parts of the suite are built from. */
import type { Json } from '../../pipelines/stage.ts';
import type { ExpectationConfig, Severity, TableFacts } from '../../quality/expectation.ts';
import { type Column, TABLES, type Table, type TableName } from '../tables.ts';
import { columnKey, type Profile, type Span } from './profile.ts';
import { mostlyFor, type Tolerance } from './tolerance.ts';

export interface SuiteContext {
  readonly facts: Readonly<Record<TableName, TableFacts>>;
  /** Regular stretch of each date column of this version, by `table.column`. */
  readonly spans: Readonly<Record<string, Span>>;
  /** Profile of the last good version; absent for the first. */
  readonly baseline: Profile | undefined;
}

export function definition(table: TableName): Table {
  return TABLES[table];
}

export function columnsOf(table: TableName): [string, Column][] {
  return Object.entries(definition(table).columns);
}

/** What the last good version showed under this check. */
export function baselineShare(context: SuiteContext, table: TableName, check: string): number | undefined {
  return context.baseline?.shares[`${table}.${check}`];
}

export function baselineColumn<T>(values: Readonly<Record<string, T>> | undefined, table: TableName, column: string) {
  return values?.[columnKey(table, column)];
}

/**
 * Severity of a check that is no proof of corruption by itself: without a good version before it may just be the bank's
 * custom, and refusing the first version for it would leave the service without a model.
 */
export function criticalOnceKnown(context: SuiteContext): Severity {
  return context.baseline ? 'critical' : 'warning';
}

export function expectation(
  type: string,
  table: TableName,
  check: string,
  severity: Severity,
  kwargs: Record<string, Json>,
  baseline?: Json,
): ExpectationConfig {
  // Absent and null are the same to Great Expectations, which writes neither.
  const given = Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== null));
  return {
    type,
    kwargs: given,
    meta: baseline === undefined ? { table, check } : { table, check, baseline },
    severity,
  };
}

/** An expectation over values whose `mostly` follows from a tolerance and its own baseline share. */
export function tolerant(
  context: SuiteContext,
  type: string,
  table: TableName,
  check: string,
  severity: Severity,
  tolerance: Tolerance,
  kwargs: Record<string, Json>,
  share: number | undefined = baselineShare(context, table, check),
): ExpectationConfig {
  const mostly = mostlyFor(tolerance, share, context.facts[table].rows);
  return expectation(type, table, check, severity, { ...kwargs, mostly }, share);
}
