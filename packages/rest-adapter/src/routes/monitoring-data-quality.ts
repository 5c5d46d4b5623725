import { z } from 'zod';
import { plainRoute } from '../route.ts';

interface ValidationResult {
  readonly datasetVersion: { readonly name: string };
  readonly valid: boolean;
  readonly checksTotal: number;
  readonly checksPassed: number;
  readonly checksFailed: number;
  readonly failedChecks: readonly unknown[];
}

export const monitoringDataQuality = plainRoute({
  id: 'dataQuality',
  method: 'get',
  path: '/monitoring/data-quality',
  tag: 'monitoring',
  summary: 'What validation said about the last version',
  response: z
    .object({
      version: z.string().meta({ description: 'Empty before the first version.' }),
      valid: z.boolean(),
      checks_total: z.int(),
      checks_passed: z.int(),
      checks_failed: z.int(),
      failed_checks: z.array(
        z.object({
          table: z.string(),
          check: z.string(),
          details: z.string(),
          severity: z.enum(['critical', 'warning']),
        }),
      ),
    })
    .meta({ id: 'DataQuality' }),
  errors: {},
  document: `query DataQuality { latestValidationResult {
    datasetVersion { name } valid checksTotal checksPassed checksFailed failedChecks { table check details severity }
  } }`,
  async handle(run) {
    const result = (await run()) as ValidationResult | null;
    return {
      value: {
        version: result?.datasetVersion.name ?? '',
        valid: result?.valid ?? false,
        checks_total: result?.checksTotal ?? 0,
        checks_passed: result?.checksPassed ?? 0,
        checks_failed: result?.checksFailed ?? 0,
        failed_checks: result?.failedChecks ?? [],
      },
    };
  },
});
