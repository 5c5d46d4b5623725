import type { Core } from '@kindred/api/core.ts';
import { DriftReport } from '@kindred/api/drift/drift-report.entity.ts';
import { Job } from '@kindred/api/jobs/job.entity.ts';
import { listStageRuns } from '@kindred/api/jobs/job.operations.ts';
import { countOutbox } from '@kindred/api/mlflow/outbox.ts';
import { ModelVersion } from '@kindred/api/models/model-version.entity.ts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { whileKnown } from './while-known.ts';

const STAGE_SECONDS = [0.01, 0.1, 0.5, 1, 2, 5, 10, 20, 60, 120, 300];

/**
 * Jobs that this process has run, and what the database knows of all of them: counters may be summed over processes, gauges are
 * the same everywhere. @returns the call that ends the counting.
 */
export function addJobMetrics(registry: Registry, core: Core): () => void {
  const registers = [registry];
  const stages = new Histogram({
    name: 'kindred_stage_seconds',
    help: 'Time of a stage of a pipeline, of jobs that this process has run.',
    labelNames: ['pipeline', 'stage'] as const,
    buckets: STAGE_SECONDS,
    registers,
  });
  const jobs = new Counter({
    name: 'kindred_jobs_total',
    help: 'Jobs that this process has run to their end.',
    labelNames: ['status', 'outcome'] as const,
    registers,
  });
  new Counter({
    name: 'kindred_jobs_given_back_total',
    help: 'Jobs that this process gave back, to be continued when what they need is there again.',
    labelNames: ['code'] as const,
    registers,
    collect() {
      this.reset();
      for (const [code, count] of core.runner.givenBack) this.inc({ code }, count);
    },
  });
  new Counter({
    name: 'kindred_jobs_resumed_total',
    help: 'Jobs that this process took over from a worker that was gone.',
    registers,
    collect() {
      this.reset();
      this.inc(core.runner.resumed);
    },
  });
  new Gauge({
    name: 'kindred_jobs_waiting',
    help: 'Jobs that wait or run.',
    registers,
    collect() {
      return whileKnown(
        async () => this.set(await core.database.fork().count(Job, { status: { $in: ['pending', 'running'] } })),
        () => this.remove(),
      );
    },
  });
  new Gauge({
    name: 'kindred_model_age_seconds',
    help: 'Time since the newest model was trained.',
    registers,
    collect() {
      return whileKnown(
        async () => {
          const [newest] = await core.database.fork().find(ModelVersion, {}, { orderBy: { id: 'desc' }, limit: 1 });
          if (newest) this.set((Date.now() - newest.createdAt.getTime()) / 1000);
        },
        () => this.remove(),
      );
    },
  });
  new Gauge({
    name: 'kindred_drift_score',
    help: 'Drift score of the last report, 0 to 1.',
    registers,
    collect() {
      return whileKnown(
        async () => {
          const [newest] = await core.database.fork().find(DriftReport, {}, { orderBy: { id: 'desc' }, limit: 1 });
          if (newest) this.set(newest.driftScore);
        },
        () => this.remove(),
      );
    },
  });
  if (core.config.mlflow) {
    new Gauge({
      name: 'kindred_mlflow_entries',
      help: 'What MLflow is not told: owed, or given up because MLflow refuses it.',
      labelNames: ['state'] as const,
      registers,
      collect() {
        return whileKnown(
          async () => {
            const { owed, refused } = await countOutbox(core.database.fork());
            this.set({ state: 'owed' }, owed);
            this.set({ state: 'refused' }, refused);
          },
          () => this.reset(),
        );
      },
    });
  }

  const observe = async (jobId: string, status: string, outcome: string | null) => {
    jobs.inc({ status, outcome: outcome ?? '' });
    const job = await core.database.fork().findOne(Job, { id: jobId });
    for (const { name, startedAt, finishedAt } of await listStageRuns(core, jobId)) {
      if (!job || !startedAt || !finishedAt) continue;
      stages.observe({ pipeline: job.pipeline, stage: name }, (finishedAt.getTime() - startedAt.getTime()) / 1000);
    }
  };
  return core.events.subscribe('jobUpdated', ({ jobId, status, outcome }) => {
    if (status !== 'completed' && status !== 'failed' && status !== 'cancelled') return;
    // Every process hears of it; whoever ran the job counts it.
    if (!core.runner.runs(jobId)) return;
    observe(jobId, status, outcome).catch((error) => core.logger.debug({ err: error }, 'metrics of a job'));
  });
}
