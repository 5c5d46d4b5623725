import { z } from 'zod';
import { plainRoute } from '../route.ts';

interface DriftReport {
  readonly driftDetected: boolean;
  readonly driftScore: number;
  readonly actionTaken: string;
  readonly datasetVersion: { readonly name: string };
  readonly reference: { readonly name: string } | null;
  readonly features: unknown;
  readonly verdict: unknown;
}

export const monitoringDrift = plainRoute({
  id: 'drift',
  method: 'get',
  path: '/monitoring/drift',
  tag: 'monitoring',
  summary: 'Whether the last version drifted, and what was done about it',
  response: z
    .object({
      drift_detected: z.boolean(),
      drift_score: z.number().min(0).max(1),
      action_taken: z.enum(['retrained', 'none', 'skipped']),
      version: z.string().nullable(),
      reference_version: z.string().nullable(),
      features: z.array(z.record(z.string(), z.unknown())),
      verdict: z.record(z.string(), z.unknown()),
    })
    .meta({ id: 'Drift' }),
  errors: {},
  document: `query Drift { latestDriftReport {
    driftDetected driftScore actionTaken datasetVersion { name } reference { name } features verdict
  } }`,
  async handle(run) {
    const report = (await run()) as DriftReport | null;
    return {
      value: {
        drift_detected: report?.driftDetected ?? false,
        drift_score: report?.driftScore ?? 0,
        action_taken: report?.actionTaken ?? 'none',
        version: report?.datasetVersion.name ?? null,
        reference_version: report?.reference?.name ?? null,
        features: report?.features ?? [],
        verdict: report?.verdict ?? {},
      },
    };
  },
});
