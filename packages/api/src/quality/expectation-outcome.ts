import { z } from 'zod';
import type { Json } from '../pipelines/stage.ts';

/** What an expectation came to, as pages show it. */
export interface ExpectationOutcome {
  readonly table: string;
  readonly check: string;
  readonly type: string;
  readonly column: string | undefined;
  readonly severity: string;
  readonly success: boolean;
  readonly kwargs: { [key: string]: Json };
  readonly elements: number | undefined;
  readonly missing: number | undefined;
  readonly unexpected: number | undefined;
  /** Of the rows that were judged. */
  readonly unexpectedPercent: number | undefined;
  readonly observed: Json | undefined;
  readonly samples: readonly { readonly value: string; readonly count: number | undefined }[];
}

const count = z.number().nullish();
const outcome = z.looseObject({
  success: z.boolean(),
  expectation_config: z.looseObject({
    type: z.string(),
    kwargs: z.record(z.string(), z.json()),
    meta: z.looseObject({ table: z.string().default(''), check: z.string().default('') }),
    severity: z.string(),
  }),
  result: z.looseObject({
    element_count: count,
    missing_count: count,
    unexpected_count: count,
    unexpected_percent: count,
    observed_value: z.json().optional(),
    partial_unexpected_list: z.array(z.json()).default([]),
    partial_unexpected_counts: z.array(z.object({ value: z.json(), count: z.number() })).default([]),
  }),
});
const validation = z.looseObject({ validation_results: z.array(z.looseObject({ results: z.array(outcome) })) });

/** All expectations of a validation result in Great Expectations' JSON, in its order. */
export function expectationOutcomes(result: Json): ExpectationOutcome[] {
  const { validation_results: suites } = validation.parse(result);
  return suites.flatMap(({ results }) => results.map(outcomeOf));
}

function outcomeOf({ success, expectation_config: config, result }: z.infer<typeof outcome>): ExpectationOutcome {
  const { column } = config.kwargs;
  const counts = new Map(result.partial_unexpected_counts.map(({ value, count: times }) => [text(value), times]));
  const values = [...new Set([...counts.keys(), ...result.partial_unexpected_list.map(text)])];
  return {
    table: config.meta.table,
    check: config.meta.check,
    type: config.type,
    column: typeof column === 'string' ? column : undefined,
    severity: config.severity,
    success,
    kwargs: config.kwargs as { [key: string]: Json },
    elements: result.element_count ?? undefined,
    missing: result.missing_count ?? undefined,
    unexpected: result.unexpected_count ?? undefined,
    unexpectedPercent: result.unexpected_percent ?? undefined,
    observed: result.observed_value as Json | undefined,
    samples: values.map((value) => ({ value, count: counts.get(value) })),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
