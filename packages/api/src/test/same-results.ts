import { expect } from 'vitest';
import type { BothResults, Counted } from './great-expectations.ts';

/** What must be the same. Unexpected values are examples: theirs are the table's first 20, ours the 20 most common of all. */
const COMPARED = [
  'element_count',
  'unexpected_count',
  'missing_count',
  'unexpected_percent',
  'missing_percent',
  'unexpected_percent_total',
  'unexpected_percent_nonmissing',
  'observed_value',
];

type SuiteResults = BothResults['ours']['validation_results'];

/** Numbers to 12 digits: sums of floating numbers in another order differ in the last. pandas' word for no moment is null. */
function rounded(value: unknown): unknown {
  if (value === 'NaT') return null;
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
  return value ?? null;
}

/** By the check that our suites name, since they group what they answer by column. */
function comparable({ success, expectation_config: { type, meta }, result, exception_info }: Counted) {
  const counts = Object.fromEntries(COMPARED.map((key) => [key, rounded(result[key])]));
  // What was raised there explains a verdict that differs.
  const raised = success ? null : JSON.stringify(exception_info).includes('"raised_exception":true');
  return [`${meta.check} ${type}`, { success, ...counts, raised: raised === true }] as const;
}

export function expectSameResults(ours: SuiteResults, theirs: SuiteResults): void {
  expect(ours.map(({ suite_name }) => suite_name)).toEqual(theirs.map(({ suite_name }) => suite_name));
  ours.forEach(({ suite_name, success, statistics, results }, index) => {
    const other = theirs[index];
    expect(Object.fromEntries(results.map(comparable)), suite_name).toEqual(
      Object.fromEntries(other.results.map(comparable)),
    );
    expect(results.length).toBe(other.results.length);
    expect({ success, statistics: rounded(statistics) }, suite_name).toEqual({
      success: other.success,
      statistics: rounded(other.statistics),
    });
  });
}
