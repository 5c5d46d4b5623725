/** What Great Expectations 1.x keeps in JSON: suites and validation results, one of each per table. */
import type { Json } from '../pipelines/stage.ts';
import type { ExpectationConfig, Outcome } from './expectation.ts';

export type SuiteJson = {
  name: string;
  expectations: { type: string; kwargs: { [key: string]: Json }; meta: { [key: string]: Json }; severity: string }[];
  meta: { [key: string]: Json };
};

type ResultJson = {
  success: boolean;
  expectation_config: SuiteJson['expectations'][number];
  result: { [key: string]: Json };
  meta: { [key: string]: Json };
  exception_info: { raised_exception: boolean; exception_message: string | null; exception_traceback: string | null };
};

type Statistics = {
  evaluated_expectations: number;
  successful_expectations: number;
  unsuccessful_expectations: number;
  success_percent: number | null;
};

export type SuiteResultJson = {
  /** Whether all expectations were met, of whatever severity. */
  success: boolean;
  results: ResultJson[];
  suite_name: string;
  suite_parameters: { [key: string]: Json };
  statistics: Statistics;
  meta: { [key: string]: Json };
};

export type ValidationJson = {
  success: boolean;
  /** Whether all critical expectations were met, which is what decides here. */
  valid: boolean;
  statistics: Statistics;
  validation_results: SuiteResultJson[];
};

export interface UnexpectedValue {
  readonly value: string;
  /** Unknown where nobody counted. */
  readonly count?: number;
}

/** With what was validated: the suites' common name and version of the data. */
export interface SuiteNaming {
  readonly name: string;
  readonly version: string;
  readonly meta: { [key: string]: Json };
}

const suiteName = ({ name }: SuiteNaming, table: string) => `${name}.${table}`;

function configJson({ type, kwargs, meta, severity }: ExpectationConfig): SuiteJson['expectations'][number] {
  return { type, kwargs: { ...kwargs }, meta: { ...meta }, severity };
}

/** Positions of the suite's expectations by table, tables in order of appearance. */
function byTable(suite: readonly ExpectationConfig[]): Map<string, number[]> {
  const tables = new Map<string, number[]>();
  suite.forEach(({ meta: { table } }, index) => {
    tables.set(table, [...(tables.get(table) ?? []), index]);
  });
  return tables;
}

export function suitesJson(suite: readonly ExpectationConfig[], naming: SuiteNaming): SuiteJson[] {
  return [...byTable(suite)].map(([table, indexes]) => ({
    name: suiteName(naming, table),
    expectations: indexes.map((index) => configJson(suite[index])),
    meta: { ...naming.meta, table },
  }));
}

/** Counts and shares as there: null where a share has nothing to be a share of. */
function resultJson(outcome: Outcome, unexpected: readonly UnexpectedValue[]): { [key: string]: Json } {
  const result: { [key: string]: Json } = {};
  if (outcome.elementCount !== undefined) {
    const { elementCount: elements, missingCount: missing, unexpectedCount = 0 } = outcome;
    const share = (part: number, of: number) => (of === 0 ? null : (part / of) * 100);
    const ofJudged = share(unexpectedCount, elements - (missing ?? 0));
    result.element_count = elements;
    result.unexpected_count = unexpectedCount;
    result.unexpected_percent = ofJudged;
    result.partial_unexpected_list = unexpected.map(({ value }) => value);
    if (missing !== undefined) {
      result.missing_count = missing;
      result.missing_percent = share(missing, elements);
      result.unexpected_percent_total = share(unexpectedCount, elements);
      result.unexpected_percent_nonmissing = ofJudged;
    }
    result.partial_unexpected_counts = unexpected.flatMap(({ value, count }) =>
      count === undefined ? [] : [{ value, count }],
    );
  }
  if (outcome.observed !== undefined) result.observed_value = outcome.observed;
  return { ...result, ...outcome.extra };
}

function statistics(results: readonly { success: boolean }[]): Statistics {
  const successful = results.filter(({ success }) => success).length;
  return {
    evaluated_expectations: results.length,
    successful_expectations: successful,
    unsuccessful_expectations: results.length - successful,
    success_percent: results.length === 0 ? null : (successful / results.length) * 100,
  };
}

/** @param unexpected values found, for each expectation of the suite */
export function validationJson(
  suite: readonly ExpectationConfig[],
  outcomes: readonly Outcome[],
  unexpected: readonly (readonly UnexpectedValue[])[],
  naming: SuiteNaming,
): ValidationJson {
  const all = suite.map(
    (config, index): ResultJson => ({
      success: outcomes[index].success,
      expectation_config: configJson(config),
      result: resultJson(outcomes[index], unexpected[index]),
      meta: {},
      exception_info: { raised_exception: false, exception_message: null, exception_traceback: null },
    }),
  );
  return {
    success: all.every(({ success }) => success),
    valid: all.every(({ success }, index) => success || suite[index].severity !== 'critical'),
    statistics: statistics(all),
    validation_results: [...byTable(suite)].map(([table, indexes]) => {
      const results = indexes.map((index) => all[index]);
      return {
        success: results.every(({ success }) => success),
        results,
        suite_name: suiteName(naming, table),
        suite_parameters: {},
        statistics: statistics(results),
        meta: {
          ...naming.meta,
          // Where Data Docs look for what was validated. No time of day: equal data give equal bytes.
          expectation_suite_name: suiteName(naming, table),
          run_id: { run_name: naming.version },
          active_batch_definition: {
            datasource_name: naming.name,
            data_connector_name: 'ingest',
            data_asset_name: table,
            batch_identifiers: { version: naming.version },
          },
          batch_spec: { data_asset_name: table },
        },
      };
    }),
  };
}
