import { DriftReport } from '@kindred/api/drift/drift-report.entity.ts';
import type { Services } from '@kindred/api/graphql/context.ts';
import { Job } from '@kindred/api/jobs/job.entity.ts';
import { listStageRuns } from '@kindred/api/jobs/job.operations.ts';
import { countOutbox } from '@kindred/api/mlflow/outbox.ts';
import { ModelVersion } from '@kindred/api/models/model-version.entity.ts';
import type { Middleware } from 'koa';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const REQUEST_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const STAGE_SECONDS = [0.01, 0.1, 0.5, 1, 2, 5, 10, 20, 60, 120, 300];

export interface Metrics {
  /** Outermost middleware: measures whole requests. */
  readonly observe: Middleware;
  /** Answers `GET /metrics` in Prometheus's text format. */
  readonly page: Middleware;
  close(): void;
}

/** What operators watch. Counting is done per request; what costs a query is asked only when somebody scrapes. */
export function createMetrics({ core, receiver, lookalike }: Services): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'kindred_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: REQUEST_SECONDS,
    registers,
  });
  const stages = new Histogram({
    name: 'kindred_stage_seconds',
    help: 'Time of a stage of a pipeline.',
    labelNames: ['pipeline', 'stage'] as const,
    buckets: STAGE_SECONDS,
    registers,
  });
  const jobs = new Counter({
    name: 'kindred_jobs_total',
    help: 'Jobs that have ended.',
    labelNames: ['status', 'outcome'] as const,
    registers,
  });
  for (const key of ['batches', 'records', 'bytes'] as const) {
    new Counter({
      name: `kindred_received_${key}_total`,
      help: `Received and stored since the start: ${key}.`,
      registers,
      collect() {
        this.reset();
        this.inc(receiver.totals[key]);
      },
    });
  }
  new Gauge({
    name: 'kindred_jobs_waiting',
    help: 'Jobs that wait or run.',
    registers,
    async collect() {
      this.set(await core.database.fork().count(Job, { status: { $in: ['pending', 'running'] } }));
    },
  });
  new Gauge({
    name: 'kindred_model_age_seconds',
    help: 'Time since the newest model was trained.',
    registers,
    async collect() {
      const [newest] = await core.database.fork().find(ModelVersion, {}, { orderBy: { id: 'desc' }, limit: 1 });
      if (newest) this.set((Date.now() - newest.createdAt.getTime()) / 1000);
    },
  });
  new Gauge({
    name: 'kindred_drift_score',
    help: 'Drift score of the last report, 0 to 1.',
    registers,
    async collect() {
      const [newest] = await core.database.fork().find(DriftReport, {}, { orderBy: { id: 'desc' }, limit: 1 });
      if (newest) this.set(newest.driftScore);
    },
  });
  new Gauge({
    name: 'kindred_ready',
    help: '1 when audiences can be asked for.',
    registers,
    collect() {
      this.set(lookalike.server.generation === undefined ? 0 : 1);
    },
  });

  if (core.config.mlflow) {
    new Gauge({
      name: 'kindred_mlflow_entries',
      help: 'What MLflow is not told: owed, or given up because MLflow refuses it.',
      labelNames: ['state'] as const,
      registers,
      async collect() {
        const { owed, refused } = await countOutbox(core.database.fork());
        this.set({ state: 'owed' }, owed);
        this.set({ state: 'refused' }, refused);
      },
    });
  }

  const observeStages = async (jobId: string, status: string, outcome: string | null) => {
    jobs.inc({ status, outcome: outcome ?? '' });
    const job = await core.database.fork().findOne(Job, { id: jobId });
    for (const { name, startedAt, finishedAt } of await listStageRuns(core, jobId)) {
      if (!job || !startedAt || !finishedAt) continue;
      stages.observe({ pipeline: job.pipeline, stage: name }, (finishedAt.getTime() - startedAt.getTime()) / 1000);
    }
  };
  const unsubscribe = core.events.subscribe('jobUpdated', ({ jobId, status, outcome }) => {
    if (status !== 'completed' && status !== 'failed' && status !== 'cancelled') return;
    observeStages(jobId, status, outcome).catch((error) => core.logger.debug({ err: error }, 'metrics of a job'));
  });

  return {
    observe: async (ctx, next) => {
      const begun = performance.now();
      await next();
      // Unknown paths share one label: whoever scans the service must not be able to fill its memory.
      const route = typeof ctx.state.route === 'string' ? ctx.state.route : 'other';
      requests.observe({ route, method: ctx.method, status: ctx.status }, (performance.now() - begun) / 1000);
    },
    page: async (ctx, next) => {
      if (ctx.path !== '/metrics' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
      ctx.state.route = '/metrics';
      ctx.type = registry.contentType;
      ctx.body = await registry.metrics();
    },
    close: () => {
      unsubscribe();
      registry.clear();
    },
  };
}
