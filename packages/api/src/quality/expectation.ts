/**
 * Expectations in Great Expectations' terms and JSON: a suite is a list of `{type, kwargs, meta, severity}`, a result
 * carries the configuration, `success` and counts. They mean what they mean there on pandas, but run as SQL in DuckDB:
 * what can be had from one scan of a table is, whatever the number of expectations.
 */
import type { z } from 'zod';
import type { Json } from '../pipelines/stage.ts';
import type { Row } from '../tables/duckdb-session.ts';

/** `critical` makes the data invalid, `warning` is only reported. */
export type Severity = 'critical' | 'warning';

export interface ExpectationMeta {
  readonly table: string;
  /** Short name of the check within its table, for example `user_id_not_null`. */
  readonly check: string;
  /** What the last good version showed for the same thing, where the tolerance was derived from it. */
  readonly baseline?: Json;
}

export interface ExpectationConfig {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, Json>>;
  readonly meta: ExpectationMeta;
  readonly severity: Severity;
}

/** What is known about a table without reading it: how it arrived and what could not be cast. */
export interface TableFacts {
  readonly present: boolean;
  readonly rows: number;
  readonly expectedBatches: number;
  readonly receivedBatches: number;
  readonly missingBatches: readonly number[];
  readonly conflictingTotals: readonly number[];
  readonly uncastable: Readonly<Record<string, { readonly count: number; readonly examples: readonly string[] }>>;
}

/** The numbers an expectation asked for: one row, `null` where there were no rows. */
export type Measured = Row;

export interface Outcome {
  readonly success: boolean;
  /** Rows looked at, if the expectation is about rows or values. */
  readonly elementCount?: number;
  /** Rows of them that are not judged; absent where an expectation judges every row. */
  readonly missingCount?: number;
  readonly unexpectedCount?: number;
  readonly observed?: Json;
  /** What else there is to know about the result. */
  readonly extra?: { [key: string]: Json };
}

/**
 * One kind of expectation. Its SQL must return the same numbers for the same rows. `table` is what it reads from: a name or
 * a subquery.
 */
export interface Expectation<K> {
  readonly type: string;
  readonly kwargs: z.ZodType<K>;
  /** Aggregate expressions over the table; computed in one scan with those of all other expectations. */
  aggregates?(kwargs: K): Readonly<Record<string, string>>;
  /** A query of its own that returns one row. */
  query?(kwargs: K, table: string, rows: number): string;
  judge(measured: Measured, kwargs: K, facts: TableFacts): Outcome;
  /** Query of up to 20 different unexpected values as text `v` and their rows `n`, most common first; asked only for a failed expectation. */
  examples?(kwargs: K, table: string): string;
  /** Unexpected values known without a query. */
  knownExamples?(kwargs: K, facts: TableFacts): readonly string[];
  /** One sentence with counts for the report of failed checks. */
  details(outcome: Outcome, kwargs: K): string;
}

export function defineExpectation<K>(expectation: Expectation<K>): Expectation<K> {
  return expectation;
}

/** Ends the moment at which a day begins. */
export const MIDNIGHT = 'T00:00:00';

/** The day of a moment in ISO form. */
export const dayOf = (moment: string): string => moment.slice(0, 10);

/** A count as DuckDB returns it (bigint, number or null for no rows). */
export function count(value: unknown): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** `1.23%`; small shares keep two significant digits. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value === 0 || value >= 1 ? value.toFixed(1) : value.toPrecision(2)}%`;
}

/** The rule where every row counts: the share of expected rows must reach `mostly`; no rows at all is success. */
export function judgeRows(elements: number, unexpected: number, mostly: number): Outcome {
  const success = elements === 0 || (elements - unexpected) / elements >= mostly;
  return { success, elementCount: elements, unexpectedCount: unexpected };
}

/**
 * Great Expectations' rule for expectations over values: missing values do not count, and the share of expected values
 * among the rest must reach `mostly`; no values at all is success.
 */
export function judgeValues(elements: number, missing: number, unexpected: number, mostly: number): Outcome {
  return { ...judgeRows(elements - missing, unexpected, mostly), elementCount: elements, missingCount: missing };
}
