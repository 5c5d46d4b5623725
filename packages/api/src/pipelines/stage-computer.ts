import { join } from 'node:path';
import { toErrorRecord } from '../errors.ts';
import { event } from '../events/events.ts';
import { type Lease, writeLeased } from '../jobs/lease.ts';
import { LoggedSteps } from '../jobs/log/logged-steps.ts';
import type { StageRun } from '../jobs/stage-run.entity.ts';
import { traceStage } from '../tracing/stage-spans.ts';
import type { ComputeLane } from './compute-lane.ts';
import type { JobProgress } from './job-progress.ts';
import type { Computed } from './look-ahead.ts';
import type { MetricPoint, Pipeline } from './pipeline.ts';
import type { RunnerDeps } from './runner-deps.ts';
import { scratchFolder } from './scratch.ts';
import type { Json, Stage } from './stage.ts';
import type { StageInputs } from './stage-inputs.ts';

/** A stage whose inputs are known, and with them the key of its result. */
export interface ReadyStage {
  readonly stage: Stage;
  readonly stageRun: StageRun;
  readonly inputs: StageInputs;
  readonly key: string;
}

/** Has the stages of one job worked out in compute processes. What they come to is not recorded here. */
export class StageComputer {
  readonly #deps: RunnerDeps;
  readonly #pipeline: Pipeline;
  readonly #lease: Lease;
  readonly #progress: JobProgress;

  constructor(deps: RunnerDeps, pipeline: Pipeline, lease: Lease, progress: JobProgress) {
    this.#deps = deps;
    this.#pipeline = pipeline;
    this.#lease = lease;
    this.#progress = progress;
  }

  /** @throws what the stage's last attempt threw; LEASE_LOST; the signal's reason once it is aborted. */
  async compute(
    { stage, stageRun, inputs, key }: ReadyStage,
    lane: ComputeLane,
    signal: AbortSignal,
  ): Promise<Computed> {
    const startedAt = new Date();
    await this.#begin(stageRun, key);
    const { params, seed, id: jobId } = this.#progress.job;
    const { threads, memoryBytes, dataDir, jobLog } = this.#deps;
    const steps = new LoggedSteps(jobLog, jobId, stage.name);
    jobLog.write(jobId, { level: 'info', stage: stage.name, message: 'begins', fields: { threads } });
    const metrics: MetricPoint[] = [];
    const task = {
      pipeline: this.#pipeline.name,
      stage: stage.name,
      params,
      seed,
      inputs,
      scratch: join(scratchFolder(dataDir, jobId), stage.name),
      threads,
      memoryBytes,
    };
    const listener = {
      progress: (done: number, message: string | undefined) => {
        this.#progress.advance(stageRun, done, message);
        if (message !== undefined) steps.tell(done, message);
      },
      metric: (name: string, value: number, step: number) => {
        metrics.push({ key: name, value, step });
        this.#deps.events.publish(event('metricLogged', { jobId, stage: stage.name, key: name, value, step }));
      },
      log: (level: 'info' | 'warning', message: string, fields: { readonly [key: string]: Json }) => {
        this.#deps.logger.info({ job: jobId, stage: stage.name, ...fields }, message);
        jobLog.write(jobId, { level, stage: stage.name, message, fields });
      },
    };
    const outcome = await traceStage(stage.name, key, (retried) =>
      lane.run(task, listener, signal, this.#pipeline.stageTimeoutSeconds, async (error) => {
        metrics.length = 0;
        retried(error);
        jobLog.write(jobId, {
          level: 'warning',
          stage: stage.name,
          message: `failed and is tried again: ${error.message}`,
          fields: { code: error.code },
        });
        this.#deps.onError(error, `stage ${stage.name} of job ${jobId} failed and is tried again`);
        await this.#write('update stage_run set attempt = attempt + 1, error = ? where id = ?', [
          JSON.stringify(toErrorRecord(error)),
          stageRun.id,
        ]);
      }),
    );
    return { key, outcome, metrics, startedAt, finishedAt: new Date() };
  }

  async #begin(stageRun: StageRun, key: string): Promise<void> {
    stageRun.status = 'running';
    await this.#write(
      `update stage_run set status = 'running', key = ?, progress = 0, error = null, started_at = now(), attempt = attempt + 1
       where id = ?`,
      [key, stageRun.id],
    );
    this.#progress.announce();
  }

  #write(sql: string, values: readonly unknown[]): Promise<void> {
    return writeLeased(this.#deps.database.fork(), this.#lease, sql, values);
  }
}
