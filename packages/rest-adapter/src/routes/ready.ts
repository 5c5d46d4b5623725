import { z } from 'zod';
import { RestError } from '../error-map.ts';
import { plainRoute } from '../route.ts';

export const readinessReport = z.object({
  ready: z.boolean(),
  checks: z.array(
    z.object({ name: z.string(), status: z.enum(['ok', 'degraded', 'failed']), message: z.string() }).strip(),
  ),
});

type Checks = Record<string, { status: string; message: string }>;

/** @throws RestError NOT_READY that names each check. */
export function readyAnswer(report: z.infer<typeof readinessReport>, verbose: boolean): object {
  const checks: Checks = Object.fromEntries(report.checks.map(({ name, ...check }) => [name, check]));
  if (report.ready) return verbose ? { status: 'ok', checks } : { status: 'ok' };
  const failed = report.checks.filter(({ status }) => status === 'failed');
  throw new RestError('NOT_READY', failed.map(({ name, message }) => `${name}: ${message}`).join('; '), { checks });
}

export const ready = plainRoute({
  id: 'ready',
  method: 'get',
  path: '/ready',
  tag: 'service',
  summary: 'Whether the service takes data and answers',
  description:
    'What it stands on answers, the schema of its database is there, and the model that should serve is loaded, or there is ' +
    'none yet. `?verbose` names each check; a refusal does so always. `/live` asks only whether the process is alive.',
  response: z
    .object({
      status: z.literal('ok'),
      checks: z
        .record(z.string(), z.object({ status: z.enum(['ok', 'degraded']), message: z.string() }))
        .optional()
        .describe('With `?verbose`. What is degraded is away, and the service does without it.'),
    })
    .meta({ id: 'Ready' }),
  errors: { 503: 'it is starting or stopping, or something that it stands on is away: see `details.checks`' },
  document: '{ readiness { ready checks { name status message } } }',
  async handle(run, { query }) {
    return { value: readyAnswer(readinessReport.parse(await run()), query.has('verbose')) };
  },
});
