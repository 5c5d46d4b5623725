/** What the report is made of, each part read leniently: a report of a run that stopped early has little to tell. */
import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import type { StageContext } from '../../pipelines/stage.ts';

const check = z.object({
  expectation_config: z.object({
    type: z.string(),
    kwargs: z.object({ column: z.json().optional() }),
    meta: z.object({ table: z.string(), check: z.string() }),
    severity: z.string(),
  }),
  success: z.boolean(),
  result: z.looseObject({ unexpected_count: z.number().optional(), unexpected_percent: z.number().nullish() }),
});

const driftFeature = z.object({
  feature: z.string(),
  description: z.string(),
  window: z.string(),
  reference: z.number().nullable(),
  current: z.number().nullable(),
  effect_size: z.number(),
  threshold: z.number(),
  adjusted_p_value: z.number(),
  drifted: z.boolean(),
  score: z.number(),
  statistics: z.looseObject({ psi: z.number(), jensen_shannon: z.number() }).nullable(),
});

const profile = z.object({
  version: z.string(),
  /** Its last regular day. */
  last: z.iso.date(),
  mixes: z.record(
    z.string(),
    z.object({
      labels: z.array(z.string()),
      windows: z.record(z.string(), z.object({ shares: z.array(z.number()), weight: z.number() })),
    }),
  ),
});

/** THE LIST of what the report reads: the artifact's or summary's name and what is understood of it. */
export const SOURCES = {
  'summary.ingest': z.object({ rows: z.number(), row_counts: z.record(z.string(), z.number()) }),
  'summary.validate': z.object({ valid: z.boolean(), checks_total: z.number(), checks_passed: z.number() }),
  'summary.features': z.record(z.string(), z.number()),
  'summary.drift': z.looseObject({ drift_detected: z.boolean(), drift_score: z.number(), verdict: z.string() }),
  'summary.decide': z.object({ train: z.boolean(), reason: z.string() }),
  'summary.train': z.looseObject({
    metrics: z.record(z.string(), z.number()),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  'summary.publish': z.object({ published: z.boolean(), reason: z.string() }),
  'ingest.json': z.looseObject({ version: z.string() }),
  'validation.json': z.looseObject({
    valid: z.boolean(),
    validation_results: z.array(z.looseObject({ results: z.array(check) })),
  }),
  'drift.json': z.looseObject({ features: z.array(driftFeature).default([]) }),
  'drift-profile.json': profile,
  'reference.json': profile,
  'evaluation.json': z.looseObject({ verdict: z.string(), challenger: z.number(), champion: z.number().optional() }),
} as const;

export type SourceName = keyof typeof SOURCES;
export type Sources = { readonly [N in SourceName]?: z.infer<(typeof SOURCES)[N]> };
export type Check = z.infer<typeof check>;
export type DriftRow = z.infer<typeof driftFeature>;
export type Profile = z.infer<typeof profile>;

/** A part that is absent, or in a shape that the report does not know, is left out: a report never fails a run. */
export async function readSources(context: StageContext): Promise<Sources> {
  const entries = await Promise.all(
    Object.entries(SOURCES).map(async ([name, schema]) => {
      try {
        const parsed = schema.safeParse(await context.json(name));
        if (!parsed.success) context.log(`The report leaves out ${name}: ${z.prettifyError(parsed.error)}`);
        return [name, parsed.data] as const;
      } catch (error) {
        if (error instanceof DomainError && error.code === 'ARTIFACT_MISSING') return [name, undefined] as const;
        throw error;
      }
    }),
  );
  return Object.fromEntries(entries) as Sources;
}
