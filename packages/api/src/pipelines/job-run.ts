import { rm } from 'node:fs/promises';
import { DomainError, toErrorRecord } from '../errors.ts';
import type { DomainEvent } from '../events/events.ts';
import { endJob, type JobEnding, pauseJob } from '../jobs/end-job.ts';
import type { Job } from '../jobs/job.entity.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { type Lease, lockLeased, writeLeased } from '../jobs/lease.ts';
import type { NewLine } from '../jobs/log/job-log.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { traceReuse } from '../tracing/stage-spans.ts';
import { ComputeLane } from './compute-lane.ts';
import { findFinishedRun, stageMetrics } from './finished-run.ts';
import { JobProgress, stageProgress } from './job-progress.ts';
import { JobResults, keyOf } from './job-results.ts';
import { type Computed, LookAhead } from './look-ahead.ts';
import type { Pipeline, RecordEffect } from './pipeline.ts';
import type { RunnerDeps } from './runner-deps.ts';
import { scratchFolder } from './scratch.ts';
import type { Stage } from './stage.ts';
import { StageComputer } from './stage-computer.ts';
import { StageEstimate, stageHistory } from './stage-estimate.ts';
import type { StageInputs } from './stage-inputs.ts';
import { recordStage } from './stage-record.ts';

/** One job, from its lease to its end. Holds in memory only what the database can rebuild. */
export class JobRun {
  readonly #deps: RunnerDeps;
  readonly #pipeline: Pipeline;
  readonly #lease: Lease;
  readonly #abort: AbortController;
  readonly #results: JobResults;
  readonly #progress: JobProgress;
  readonly #lane: ComputeLane;
  readonly #computer: StageComputer;
  #ahead = new LookAhead([], async () => undefined);

  constructor(deps: RunnerDeps, pipeline: Pipeline, job: Job, lease: Lease, abort: AbortController) {
    this.#deps = deps;
    this.#pipeline = pipeline;
    this.#lease = lease;
    this.#abort = abort;
    this.#results = new JobResults(deps.store, deps.commit);
    this.#progress = new JobProgress(deps, job, lease, abort);
    this.#lane = new ComputeLane(deps.pool);
    this.#computer = new StageComputer(deps, pipeline, lease, this.#progress);
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
    this.#deps.jobLog.write(this.#lease.jobId, { level: 'info', message: 'pauses' });
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
    this.#deps.jobLog.write(this.#lease.jobId, endingLine(ending));
    await this.#follow(effect);
    this.#deps.queue.wake();
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
      const computed =
        done?.key === key
          ? done
          : await this.#computer.compute({ stage, stageRun, inputs, key }, this.#lane, this.#abort.signal);
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
        const computed = await this.#computer.compute({ stage, stageRun, inputs, key }, lane, either);
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
    await writeLeased(
      this.#deps.database.fork(),
      this.#lease,
      `update stage_run set status = 'skipped', finished_at = now() where id = ?`,
      [stageRun.id],
    );
    this.#publish([stageProgress(stageRun)]);
    this.#deps.jobLog.write(this.#lease.jobId, { level: 'info', stage: stage.name, message: 'is skipped' });
  }

  async #record(
    stage: Stage,
    before: StageRun,
    inputs: StageInputs,
    status: 'completed' | 'reused',
    computed: Computed,
  ): Promise<void> {
    const { outcome, metrics, startedAt, finishedAt } = computed;
    this.#results.take(stage.name, outcome, metrics);
    if (this.#results.stopped) void this.#ahead.breakOff();
    const { stageRun, effect } = await this.#deps.database.fork().transactional(async (tx) => {
      const job = await lockLeased(tx, this.#lease);
      const recorded = await recordStage(tx, job, before.id, { stage, status, inputs, computed });
      const view = this.#results.view(job, recorded, outcome, metrics);
      const left = (await this.#pipeline.record[stage.name]?.(tx, view)) ?? undefined;
      await tx.flush();
      return { stageRun: recorded, effect: left };
    });
    const seconds = (finishedAt.getTime() - startedAt.getTime()) / 1000;
    this.#progress.estimate.finished(stage.name, seconds);
    this.#deps.jobLog.write(this.#lease.jobId, {
      level: 'info',
      stage: stage.name,
      message: status === 'reused' ? 'was worked out before: its result is used again' : `is done after ${seconds} s`,
      fields: outcome.result.summary,
    });
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

function endingLine({ status, outcome, error }: JobEnding): NewLine {
  if (error) return { level: 'error', message: `${status}: ${error.message}`, fields: { code: error.code } };
  return { level: status === 'completed' ? 'info' : 'warning', message: outcome ? `${status}: ${outcome}` : status };
}

/** All up to `until`, that one included. */
function wantedStages(stages: readonly Stage[], until: string | null | undefined): readonly Stage[] {
  const last = stages.findIndex(({ name }) => name === until);
  return last < 0 ? stages : stages.slice(0, last + 1);
}

const isFinished = ({ status }: StageRun): boolean => status === 'completed' || status === 'reused';
