import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, toErrorRecord } from '../errors.ts';
import { type DomainEvent, event } from '../events/events.ts';
import { endJob, type JobEnding } from '../jobs/end-job.ts';
import type { Job } from '../jobs/job.entity.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { type Lease, lockLeased } from '../jobs/lease.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { StageRun, type StageRunStatus } from '../jobs/stage-run.entity.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ComputePool } from './compute-pool.ts';
import type { ComputeProcess } from './compute-process.ts';
import type { StageOutcome } from './compute-protocol.ts';
import { findFinishedRun, stageMetrics } from './finished-run.ts';
import { JobProgress, type ProgressDeps, stageProgress } from './job-progress.ts';
import type { MetricPoint, Pipeline, RecordEffect, Sources, StageRecord } from './pipeline.ts';
import type { ArtifactRef, Json, Stage } from './stage.ts';
import { StageEstimate, stageHistory } from './stage-estimate.ts';
import { type StageInputs, selectInputs, stageKey } from './stage-inputs.ts';
import { writeStageTraces } from './stage-record.ts';

export interface RunnerDeps extends ProgressDeps {
  readonly store: ObjectStore;
  readonly queue: JobQueue;
  readonly pool: ComputePool;
  readonly dataDir: string;
  readonly threads: number;
  readonly memoryBytes: number;
}

/** How often a stage is tried when its failure may pass. */
const MAX_STAGE_ATTEMPTS = 3;

/** One job, from its lease to its end. Holds in memory only what the database can rebuild. */
export class JobRun {
  readonly #deps: RunnerDeps;
  readonly #pipeline: Pipeline;
  readonly #lease: Lease;
  readonly #abort: AbortController;
  readonly #artifacts = new Map<string, ArtifactRef>();
  readonly #summaries = new Map<string, { readonly [key: string]: Json }>();
  readonly #jobMetrics: MetricPoint[] = [];
  readonly #skipped = new Set<string>();
  readonly #progress: JobProgress;
  #sources: Sources = { artifacts: [] };
  #stopped = false;
  #process: ComputeProcess | undefined;

  constructor(deps: RunnerDeps, pipeline: Pipeline, job: Job, lease: Lease, abort: AbortController) {
    this.#deps = deps;
    this.#pipeline = pipeline;
    this.#lease = lease;
    this.#abort = abort;
    this.#progress = new JobProgress(deps, job, lease, abort);
  }

  get #scratch(): string {
    return join(this.#deps.dataDir, 'scratch', this.#lease.jobId);
  }

  /** Runs what has not run yet. Rejects with the error that ends the job; the caller decides what that means. */
  async run(): Promise<void> {
    this.#progress.start();
    let clean = false;
    try {
      const em = this.#deps.database.fork();
      this.#progress.estimate = new StageEstimate(this.#pipeline.stages, await stageHistory(em, this.#pipeline.name));
      const stageRuns = await this.#prepareStageRuns();
      this.#sources = await this.#pipeline.sources(this.#deps.database.fork(), this.#progress.job);
      for (const artifact of this.#sources.artifacts) this.#artifacts.set(artifact.name, artifact);
      for (const stage of this.#pipeline.stages) {
        this.#abort.signal.throwIfAborted();
        const stageRun = stageRuns.get(stage.name);
        if (stageRun) await this.#step(stage, stageRun);
      }
      clean = true;
    } finally {
      await this.#progress.stop();
      if (this.#process) this.#deps.pool.release(this.#process, clean);
      await rm(this.#scratch, { recursive: true, force: true }).catch((error: unknown) =>
        this.#deps.onError(error, `the scratch folder of job ${this.#lease.jobId} could not be removed`),
      );
    }
    const outcome = this.#pipeline.outcome?.((stage) => this.#summaries.get(stage));
    await this.end({ status: 'completed', outcome });
  }

  /** Ends the job under the lease. */
  async end(ending: JobEnding): Promise<void> {
    let events: DomainEvent[] = [];
    let effect: RecordEffect | undefined;
    await this.#deps.database.fork().transactional(async (tx) => {
      const job = await lockLeased(tx, this.#lease);
      const interrupted = this.#progress.stageRun && (await tx.findOne(StageRun, this.#progress.stageRun.id));
      if (interrupted && ending.status !== 'completed') {
        interrupted.status = 'failed';
        interrupted.error = ending.error ?? toErrorRecord(new DomainError('CANCELLED', 'The job was cancelled'));
        interrupted.finishedAt = new Date();
        events.push(stageProgress(interrupted));
      }
      effect =
        (await this.#pipeline.end?.(tx, {
          job,
          status: ending.status,
          summary: (stage) => this.#summaries.get(stage),
        })) ?? undefined;
      events = [...events, ...(await endJob(tx, job, this.#deps.queue, ending))];
    });
    this.#publish(events);
    await this.#follow(effect);
    this.#deps.queue.wake();
  }

  /** Gives the job back, to be continued after the stages that have finished. */
  async giveBack(): Promise<void> {
    await this.#deps.database.fork().transactional(async (tx) => {
      const job = await lockLeased(tx, this.#lease);
      job.status = 'pending';
      job.leaseExpiresAt = null;
      // Being stopped on purpose is no sign of a job that kills its worker.
      job.attempt -= 1;
      await tx.flush();
      await tx.nativeUpdate(StageRun, { job: job.id, status: 'running' }, { status: 'pending' });
      await this.#deps.queue.enqueue(tx, job.id);
    });
  }

  async #prepareStageRuns(): Promise<Map<string, StageRun>> {
    const runs = await this.#deps.database.fork().transactional(async (tx) => {
      const job = await lockLeased(tx, this.#lease);
      const known = await tx.find(StageRun, { job: job.id }, { orderBy: { ordinal: 'asc' } });
      this.#pipeline.stages.forEach((stage, ordinal) => {
        // The service may have been replaced by a newer one, with more stages, while the job waited.
        const stageRun = known.find((candidate) => candidate.name === stage.name);
        if (stageRun) stageRun.ordinal = ordinal;
        else known.push(tx.create(StageRun, { job, name: stage.name, ordinal }));
      });
      await tx.flush();
      this.#progress.job = job;
      return known;
    });
    this.#publish([jobUpdated(this.#progress.job)]);
    return new Map(runs.map((stageRun) => [stageRun.name, stageRun]));
  }

  async #step(stage: Stage, stageRun: StageRun): Promise<void> {
    if (stageRun.status === 'completed' || stageRun.status === 'reused') return await this.#resume(stage, stageRun);
    if ((this.#stopped && !stage.always) || this.#skipped.has(stage.name)) return await this.#skip(stage, stageRun);
    this.#progress.enter(stageRun);
    const inputs = selectInputs(stage, {
      artifacts: this.#artifacts,
      bundles: this.#sources.bundles ?? [],
      summaries: new Map([...this.#summaries].map(([name, summary]) => [`summary.${name}`, summary as Json])),
    });
    const key = stageKey(stage, inputs, this.#progress.job.params, this.#progress.job.seed);
    const reused = await findFinishedRun(this.#deps.database.fork(), this.#deps.store, key);
    if (reused) {
      await this.#record(stage, stageRun, inputs, key, 'reused', reused.outcome, reused.metrics);
    } else {
      await this.#begin(stageRun, key);
      const metrics: MetricPoint[] = [];
      const outcome = await this.#compute(stage, stageRun, inputs, metrics);
      await this.#record(stage, stageRun, inputs, key, 'completed', outcome, metrics);
    }
    this.#progress.leave();
  }

  /** A stage that an earlier attempt at this job has finished and recorded. */
  async #resume(stage: Stage, stageRun: StageRun): Promise<void> {
    this.#jobMetrics.push(...(await stageMetrics(this.#deps.database.fork(), stageRun)));
    this.#take(stage.name, {
      outputs: stageRun.outputs,
      result: { summary: stageRun.summary ?? {}, stop: stageRun.stop, skip: stageRun.skips },
    });
    this.#progress.estimate.finished(stage.name, 0);
  }

  #take(stage: string, { outputs, result }: StageOutcome): void {
    for (const output of outputs) this.#artifacts.set(output.name, output);
    this.#summaries.set(stage, result.summary);
    for (const name of result.skip ?? []) this.#skipped.add(name);
    if (result.stop) this.#stopped = true;
  }

  async #skip(stage: Stage, stageRun: StageRun): Promise<void> {
    this.#progress.estimate.dropped(stage.name);
    if (stageRun.status === 'skipped') return;
    stageRun.status = 'skipped';
    await this.#write(`update stage_run set status = 'skipped', finished_at = now() where id = ?`, [stageRun.id]);
    this.#publish([stageProgress(stageRun)]);
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

  /** A small write of the job's worker, refused when the lease is lost. */
  async #write(sql: string, values: readonly unknown[]): Promise<void> {
    const rows = await this.#deps.database
      .fork()
      .execute<unknown[]>(
        `${sql} and exists (select 1 from job where id = ? and lease_token = ? and status = 'running') returning id`,
        [...values, this.#lease.jobId, this.#lease.token],
      );
    if (rows.length === 0) throw new DomainError('LEASE_LOST', `Another worker has taken job ${this.#lease.jobId}`);
  }

  async #compute(stage: Stage, stageRun: StageRun, inputs: StageInputs, metrics: MetricPoint[]): Promise<StageOutcome> {
    for (let attempt = 1; ; attempt++) {
      if (!this.#process?.alive) {
        if (this.#process) this.#deps.pool.release(this.#process, false);
        this.#process = this.#deps.pool.take();
      }
      metrics.length = 0;
      try {
        return await this.#process.run(
          {
            pipeline: this.#pipeline.name,
            stage: stage.name,
            params: this.#progress.job.params,
            seed: this.#progress.job.seed,
            inputs,
            scratch: join(this.#scratch, stage.name),
            threads: this.#deps.threads,
            memoryBytes: this.#deps.memoryBytes,
          },
          {
            progress: (done, message) => this.#progress.advance(done, message),
            metric: (key, value, step) => {
              metrics.push({ key, value, step });
              this.#publish([
                event('metricLogged', { jobId: this.#progress.job.id, stage: stage.name, key, value, step }),
              ]);
            },
          },
          this.#abort.signal,
          this.#pipeline.stageTimeoutSeconds,
        );
      } catch (error) {
        const passing = error instanceof DomainError && error.retryable && !this.#abort.signal.aborted;
        if (!passing || attempt >= MAX_STAGE_ATTEMPTS) throw error;
        this.#deps.onError(error, `stage ${stage.name} of job ${this.#progress.job.id} failed and is tried again`);
        await this.#write('update stage_run set attempt = attempt + 1, error = ? where id = ?', [
          JSON.stringify(toErrorRecord(error)),
          stageRun.id,
        ]);
        await new Promise((resolve) => setTimeout(resolve, 200 * 4 ** (attempt - 1)));
      }
    }
  }

  async #record(
    stage: Stage,
    before: StageRun,
    inputs: StageInputs,
    key: string,
    status: 'completed' | 'reused',
    outcome: StageOutcome,
    metrics: readonly MetricPoint[],
  ): Promise<void> {
    const seconds = this.#progress.elapsed;
    this.#take(stage.name, outcome);
    this.#jobMetrics.push(...metrics);
    let stageRun: StageRun = before;
    let effect: RecordEffect | undefined;
    await this.#deps.database.fork().transactional(async (tx) => {
      const job = await lockLeased(tx, this.#lease);
      stageRun = await tx.findOneOrFail(StageRun, before.id);
      Object.assign(stageRun, finishedState(status, key, outcome));
      stageRun.startedAt ??= new Date();
      await tx.flush();
      await writeStageTraces(tx, job, stageRun, inputs, outcome.outputs, metrics);
      effect =
        (await this.#pipeline.record[stage.name]?.(tx, this.#view(job, stageRun, outcome, metrics))) ?? undefined;
      await tx.flush();
    });
    this.#progress.estimate.finished(stage.name, status === 'reused' ? 0 : seconds);
    this.#publish([stageProgress(stageRun)]);
    await this.#follow(effect);
  }

  #view(job: Job, stageRun: StageRun, outcome: StageOutcome, metrics: readonly MetricPoint[]): StageRecord {
    const find = (name: string) => this.#artifacts.get(name);
    const artifact = (name: string) => {
      const found = find(name);
      if (!found)
        throw new DomainError('ARTIFACT_MISSING', `Job ${job.id} has no artifact ${name}`, { details: { name } });
      return found;
    };
    return {
      job,
      stageRun,
      result: outcome.result,
      metrics,
      jobMetrics: this.#jobMetrics,
      find,
      artifact,
      json: async (name) => JSON.parse((await this.#deps.store.get(artifact(name).key)).toString('utf8')) as Json,
      summary: (name) => this.#summaries.get(name),
    };
  }

  #publish(events: readonly DomainEvent[]): void {
    for (const published of events) this.#deps.events.publish(published);
  }

  async #follow(effect: RecordEffect | undefined): Promise<void> {
    this.#publish(effect?.events ?? []);
    try {
      await effect?.afterCommit?.();
    } catch (error) {
      // What was committed stands; the next start reads it from the database.
      this.#deps.onError(error, `after a commit of job ${this.#progress.job.id}`);
    }
  }
}

function finishedState(status: 'completed' | 'reused', key: string, { outputs, result }: StageOutcome) {
  return {
    status: status satisfies StageRunStatus,
    key,
    progress: 1,
    message: '',
    etaSeconds: null,
    error: null,
    summary: { ...result.summary },
    outputs: [...outputs],
    stop: result.stop ?? false,
    skips: [...(result.skip ?? [])],
    finishedAt: new Date(),
  };
}
