import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { DomainError, toErrorRecord } from '../errors.ts';
import { type DomainEvent, event } from '../events/events.ts';
import { endJob, type JobEnding, pauseJob } from '../jobs/end-job.ts';
import type { Job } from '../jobs/job.entity.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { type Lease, lockLeased } from '../jobs/lease.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { StageRun, type StageRunStatus } from '../jobs/stage-run.entity.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { traceReuse, traceStage } from '../tracing/stage-spans.ts';
import { ComputeLane } from './compute-lane.ts';
import type { ComputePool } from './compute-pool.ts';
import type { StageOutcome } from './compute-protocol.ts';
import { findFinishedRun, stageMetrics } from './finished-run.ts';
import { JobProgress, type ProgressDeps, stageProgress } from './job-progress.ts';
import { JobResults, keyOf } from './job-results.ts';
import { type Computed, LookAhead } from './look-ahead.ts';
import type { MetricPoint, Pipeline, RecordEffect } from './pipeline.ts';
import { scratchFolder } from './scratch.ts';
import type { Stage } from './stage.ts';
import { StageEstimate, stageHistory } from './stage-estimate.ts';
import { inputNames, type StageInputs } from './stage-inputs.ts';
import { writeStageTraces } from './stage-record.ts';

export interface RunnerDeps extends ProgressDeps {
  readonly logger: Logger;
  readonly store: ObjectStore;
  readonly queue: JobQueue;
  readonly pool: ComputePool;
  readonly dataDir: string;
  readonly threads: number;
  readonly memoryBytes: number;
  /** Of the code that runs; undefined where nobody knows. */
  readonly commit: string | undefined;
}

/** How long a job that was given back for an outage is left alone. */
const WAIT_SECONDS = 2;

/** One job, from its lease to its end. Holds in memory only what the database can rebuild. */
export class JobRun {
  readonly #deps: RunnerDeps;
  readonly #pipeline: Pipeline;
  readonly #lease: Lease;
  readonly #abort: AbortController;
  readonly #results: JobResults;
  readonly #progress: JobProgress;
  readonly #lane: ComputeLane;
  #ahead = new LookAhead([], async () => undefined);

  constructor(deps: RunnerDeps, pipeline: Pipeline, job: Job, lease: Lease, abort: AbortController) {
    this.#deps = deps;
    this.#pipeline = pipeline;
    this.#lease = lease;
    this.#abort = abort;
    this.#results = new JobResults(deps.store, deps.commit);
    this.#progress = new JobProgress(deps, job, lease, abort);
    this.#lane = new ComputeLane(deps.pool);
  }

  get #scratch(): string {
    return scratchFolder(this.#deps.dataDir, this.#lease.jobId);
  }

  /** Runs what has not run yet. Rejects with the error that ends the job; the caller decides what that means. */
  async run(): Promise<void> {
    this.#progress.start();
    let clean = false;
    let wanted: readonly Stage[] = [];
    try {
      const em = this.#deps.database.fork();
      this.#progress.estimate = new StageEstimate(this.#pipeline.stages, await stageHistory(em, this.#pipeline.name));
      const stageRuns = await this.#prepareStageRuns();
      wanted = wantedStages(this.#pipeline.stages, this.#progress.job.until);
      this.#results.start(await this.#pipeline.sources(this.#deps.database.fork(), this.#progress.job));
      this.#ahead = this.#lookAhead(wanted, stageRuns);
      for (const stage of wanted) {
        this.#abort.signal.throwIfAborted();
        const stageRun = stageRuns.get(stage.name);
        if (stageRun) await this.#step(stage, stageRun);
        this.#ahead.recorded(stage.name);
      }
      clean = true;
    } finally {
      await this.#progress.stop();
      await this.#ahead.breakOff();
      this.#lane.release(clean);
      await rm(this.#scratch, { recursive: true, force: true }).catch((error: unknown) =>
        this.#deps.onError(error, `the scratch folder of job ${this.#lease.jobId} could not be removed`),
      );
    }
    if (wanted.length < this.#pipeline.stages.length) return await this.#pause();
    const outcome = this.#pipeline.outcome?.((stage) => this.#results.summary(stage));
    await this.end({ status: 'completed', outcome });
  }

  /** Leaves the job where it is, until somebody lets it go on. */
  async #pause(): Promise<void> {
    const { progress } = this.#progress.job;
    const events = await this.#deps.database
      .fork()
      .transactional(async (tx) => pauseJob(tx, await lockLeased(tx, this.#lease), this.#deps.queue, progress));
    this.#publish(events);
    this.#deps.queue.wake();
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
      await tx.flush();
      // A stage that ran ahead of its turn counts as not begun.
      for (const ahead of await tx.find(StageRun, { job: job.id, status: 'running' })) {
        ahead.status = 'pending';
        events.push(stageProgress(ahead));
      }
      effect =
        (await this.#pipeline.end?.(tx, {
          job,
          status: ending.status,
          summary: (stage) => this.#results.summary(stage),
        })) ?? undefined;
      events = [...events, ...(await endJob(tx, job, this.#deps.queue, ending))];
    });
    this.#publish(events);
    await this.#follow(effect);
    this.#deps.queue.wake();
  }

  /**
   * Gives the job back, to be continued after the stages that have finished.
   *
   * @param outage what the job waits for: it is not its fault, and it is tried again until that is over.
   */
  async giveBack(outage?: DomainError): Promise<void> {
    let given: Job | undefined;
    await this.#deps.database.fork().transactional(async (tx) => {
      const job = await lockLeased(tx, this.#lease);
      job.status = 'pending';
      job.leaseExpiresAt = null;
      // Being stopped on purpose is no sign of a job that kills its worker.
      job.attempt -= 1;
      if (outage) job.message = `waits: ${outage.message}`;
      await tx.flush();
      await tx.nativeUpdate(StageRun, { job: job.id, status: 'running' }, { status: 'pending' });
      await this.#deps.queue.enqueue(tx, job.id, outage ? WAIT_SECONDS : 0);
      given = job;
    });
    if (given && outage) this.#publish([jobUpdated(given)]);
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
    if (isFinished(stageRun)) return await this.#resume(stage, stageRun);
    if (this.#results.leavesOut(stage)) return await this.#skip(stage, stageRun);
    const ahead = this.#ahead.run(stage.name);
    this.#progress.enter(stageRun, ahead?.startedAt);
    this.#ahead.advance(stage.name);
    const inputs = this.#results.inputsOf(stage);
    const key = keyOf(stage, inputs, this.#progress.job);
    const done = await ahead?.computed;
    const reused =
      done?.key === key ? undefined : await findFinishedRun(this.#deps.database.fork(), this.#deps.store, key);
    if (reused) {
      const now = new Date();
      traceReuse(stage.name, key);
      await this.#record(stage, stageRun, inputs, 'reused', { ...reused, key, startedAt: now, finishedAt: now });
    } else {
      const computed = done?.key === key ? done : await this.#compute(stage, stageRun, inputs, key, this.#lane);
      await this.#record(stage, stageRun, inputs, 'completed', computed);
    }
    this.#progress.leave();
  }

  #lookAhead(wanted: readonly Stage[], stageRuns: ReadonlyMap<string, StageRun>): LookAhead {
    const open = wanted.filter(({ name }) => {
      const stageRun = stageRuns.get(name);
      return stageRun && !isFinished(stageRun);
    });
    return new LookAhead(open, async (stage, signal) => {
      const inputs = this.#results.inputsOf(stage);
      const key = keyOf(stage, inputs, this.#progress.job);
      const stageRun = stageRuns.get(stage.name);
      if (!stageRun || (await findFinishedRun(this.#deps.database.fork(), this.#deps.store, key))) return undefined;
      const lane = new ComputeLane(this.#deps.pool);
      let clean = false;
      try {
        const either = AbortSignal.any([signal, this.#abort.signal]);
        const computed = await this.#compute(stage, stageRun, inputs, key, lane, either);
        clean = true;
        return computed;
      } finally {
        lane.release(clean);
      }
    });
  }

  /** A stage that an earlier attempt at this job has finished and recorded. */
  async #resume(stage: Stage, stageRun: StageRun): Promise<void> {
    const outcome = {
      outputs: stageRun.outputs,
      result: { summary: stageRun.summary ?? {}, stop: stageRun.stop, skip: stageRun.skips },
    };
    this.#results.take(stage.name, outcome, await stageMetrics(this.#deps.database.fork(), stageRun));
    this.#progress.estimate.finished(stage.name, 0);
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

  async #compute(
    stage: Stage,
    stageRun: StageRun,
    inputs: StageInputs,
    key: string,
    lane: ComputeLane,
    signal: AbortSignal = this.#abort.signal,
  ): Promise<Computed> {
    const startedAt = new Date();
    await this.#begin(stageRun, key);
    const { params, seed, id: jobId } = this.#progress.job;
    const { threads, memoryBytes } = this.#deps;
    const metrics: MetricPoint[] = [];
    const task = {
      pipeline: this.#pipeline.name,
      stage: stage.name,
      params,
      seed,
      inputs,
      scratch: join(this.#scratch, stage.name),
      threads,
      memoryBytes,
    };
    const outcome = await traceStage(stage.name, key, (retried) =>
      lane.run(
        task,
        {
          progress: (done, message) => this.#progress.advance(stageRun, done, message),
          metric: (name, value, step) => {
            metrics.push({ key: name, value, step });
            this.#publish([event('metricLogged', { jobId, stage: stage.name, key: name, value, step })]);
          },
        },
        signal,
        this.#pipeline.stageTimeoutSeconds,
        async (error) => {
          metrics.length = 0;
          retried(error);
          this.#deps.onError(error, `stage ${stage.name} of job ${jobId} failed and is tried again`);
          await this.#write('update stage_run set attempt = attempt + 1, error = ? where id = ?', [
            JSON.stringify(toErrorRecord(error)),
            stageRun.id,
          ]);
        },
      ),
    );
    return { key, outcome, metrics, startedAt, finishedAt: new Date() };
  }

  async #record(
    stage: Stage,
    before: StageRun,
    inputs: StageInputs,
    status: 'completed' | 'reused',
    { key, outcome, metrics, startedAt, finishedAt }: Computed,
  ): Promise<void> {
    const seconds = (finishedAt.getTime() - startedAt.getTime()) / 1000;
    this.#results.take(stage.name, outcome, metrics);
    if (this.#results.stopped) void this.#ahead.breakOff();
    let stageRun: StageRun = before;
    let effect: RecordEffect | undefined;
    await this.#deps.database.fork().transactional(async (tx) => {
      const job = await lockLeased(tx, this.#lease);
      stageRun = await tx.findOneOrFail(StageRun, before.id);
      Object.assign(stageRun, finishedState(status, key, outcome), {
        finishedAt,
        inputs: inputNames(inputs),
        codeVersion: stage.codeVersion,
      });
      stageRun.startedAt ??= startedAt;
      await tx.flush();
      await writeStageTraces(tx, job, stageRun, inputs, outcome.outputs, metrics);
      effect =
        (await this.#pipeline.record[stage.name]?.(tx, this.#results.view(job, stageRun, outcome, metrics))) ??
        undefined;
      await tx.flush();
    });
    this.#progress.estimate.finished(stage.name, seconds);
    this.#publish([stageProgress(stageRun)]);
    await this.#follow(effect);
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
  };
}

/** All up to `until`, that one included. */
function wantedStages(stages: readonly Stage[], until: string | null | undefined): readonly Stage[] {
  const last = stages.findIndex(({ name }) => name === until);
  return last < 0 ? stages : stages.slice(0, last + 1);
}

const isFinished = ({ status }: StageRun): boolean => status === 'completed' || status === 'reused';
