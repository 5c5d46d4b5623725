import { hostname } from 'node:os';
import { DomainError, type ErrorCode, toErrorRecord } from '../errors.ts';
import { Job } from '../jobs/job.entity.ts';
import { LEASE_SECONDS, type Lease, MAX_JOB_ATTEMPTS, takeLease } from '../jobs/lease.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { asOutage } from '../outage.ts';
import { failActiveSpan, traceJob } from '../tracing/job-spans.ts';
import { giveBack } from './give-back.ts';
import { JobRun } from './job-run.ts';
import { definePipeline, type Pipeline } from './pipeline.ts';
import type { RunnerDeps } from './runner-deps.ts';

/**
 * Runs jobs: the only place that knows of status, retry, skipping and resuming.
 *
 * A delivery from the queue is only a hint. Whether the job is to be run, and by whom, is decided by its lease; a second
 * delivery of a job that runs or has ended does nothing.
 */
export class PipelineRunner {
  readonly #deps: RunnerDeps;
  readonly #pipelines: ReadonlyMap<string, Pipeline>;
  readonly #running = new Map<string, { abort: AbortController; finished: Promise<void> }>();
  #stopping = false;
  /** Jobs given back because of an outage, by its code. */
  readonly givenBack = new Map<ErrorCode, number>();
  /** Jobs that this process took over from a worker that was gone. */
  resumed = 0;

  constructor(deps: RunnerDeps, pipelines: readonly Pipeline[]) {
    this.#deps = deps;
    this.#pipelines = new Map(pipelines.map((pipeline) => [pipeline.name, pipeline]));
  }

  get busy(): number {
    return this.#running.size;
  }

  /** Ids of the jobs that run in this process. */
  get running(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Whether the job runs in this process. */
  runs(jobId: string): boolean {
    return this.#running.has(jobId);
  }

  /** Runs the job to its end if it is this worker's to run. Resolves also when the job fails: that is an answer. */
  async run(jobId: string): Promise<void> {
    if (this.#stopping || this.#running.has(jobId)) return;
    const abort = new AbortController();
    const { promise: finished, resolve } = Promise.withResolvers<void>();
    this.#running.set(jobId, { abort, finished });
    try {
      const lease = await takeLease(this.#deps.database.fork(), jobId);
      if (lease) await this.#runLeased(lease, abort);
    } finally {
      this.#running.delete(jobId);
      resolve();
    }
  }

  /** Aborts the job if it runs here; elsewhere its worker sees the request when it renews its lease. */
  cancel(jobId: string): void {
    this.#running.get(jobId)?.abort.abort(new DomainError('CANCELLED', 'The job was cancelled'));
  }

  /** Gives all jobs back to the queue; they continue after their last finished stage. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const { abort } of this.#running.values()) abort.abort(new Shutdown('The service stops'));
    await Promise.all([...this.#running.values()].map(({ finished }) => finished));
  }

  async #runLeased(lease: Lease, abort: AbortController): Promise<void> {
    const job = await this.#deps.database
      .fork()
      .findOneOrFail(Job, lease.jobId, { populate: ['datasetVersion.dataset'] });
    await traceJob(job, lease.attempt, () => this.#runJob(job, lease, abort));
  }

  async #runJob(job: Job, lease: Lease, abort: AbortController): Promise<void> {
    const resumed = lease.attempt > 1;
    if (resumed) this.resumed++;
    this.#deps.logger.info(
      { code: resumed ? 'JOB_RESUMED' : 'JOB_TAKEN', job: job.id, pipeline: job.pipeline, attempt: lease.attempt },
      resumed ? 'a job whose worker is gone goes on here' : 'a job begins',
    );
    this.#deps.jobLog.write(job.id, {
      level: resumed ? 'warning' : 'info',
      message: resumed ? 'goes on here: its worker is gone' : 'begins',
      fields: { pipeline: job.pipeline, attempt: lease.attempt, host: hostname() },
    });
    const pipeline = this.#pipelines.get(job.pipeline);
    const run = new JobRun(this.#deps, pipeline ?? UNKNOWN, job, lease, abort);
    try {
      if (!pipeline) throw new DomainError('UNKNOWN_PIPELINE', `There is no pipeline named ${job.pipeline}`);
      const stuck = lease.attempt > MAX_JOB_ATTEMPTS ? await this.#stuckStage(job) : undefined;
      if (stuck)
        throw new DomainError('COMPUTE_DIED', `Stage ${stuck.name} was started ${stuck.attempt} times and never ended`);
      await run.run();
    } catch (thrown) {
      // An abort surfaces as whatever was interrupted; its reason says what was meant.
      const error = abort.signal.aborted ? abort.signal.reason : thrown;
      failActiveSpan(error);
      if (error instanceof DomainError && error.code === 'LEASE_LOST') return;
      if (error instanceof Shutdown) {
        this.#deps.jobLog.write(job.id, { level: 'info', message: 'is given back: its worker stops' });
        return await ignoreLostLease(giveBack(this.#deps, lease));
      }
      const outage = asOutage(error);
      if (outage) return await this.#waitOut(lease, outage);
      const cancelled = error instanceof DomainError && error.code === 'CANCELLED';
      if (!cancelled) this.#deps.onError(error, `job ${job.id} failed`);
      await ignoreLostLease(
        cancelled ? run.end({ status: 'cancelled' }) : run.end({ status: 'failed', error: toErrorRecord(error) }),
      );
    }
  }

  /** An outage ends no job. Where the database is what is away, its lease runs out and another delivery finds it. */
  async #waitOut(lease: Lease, outage: DomainError): Promise<void> {
    this.#deps.logger.warn(
      { code: 'JOB_GIVEN_BACK', reason: outage.code, job: lease.jobId, err: outage },
      'a job is given back until what it needs is there again',
    );
    this.#deps.jobLog.write(lease.jobId, {
      level: 'warning',
      message: `is given back until what it needs is there again: ${outage.message}`,
      fields: { code: outage.code },
    });
    this.givenBack.set(outage.code, (this.givenBack.get(outage.code) ?? 0) + 1);
    for (let left = LEASE_SECONDS; ; left--) {
      try {
        return await ignoreLostLease(giveBack(this.#deps, lease, outage));
      } catch (error) {
        if (left <= 0 || this.#stopping || !asOutage(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  /** The stage that the service went down with again and again. A job that got on between its restarts has none. */
  async #stuckStage(job: Job): Promise<StageRun | undefined> {
    const [stage] = await this.#deps.database
      .fork()
      .find(StageRun, { job: job.id, status: 'running', attempt: { $gte: MAX_JOB_ATTEMPTS } }, { limit: 1 });
    return stage;
  }
}

/** The service is going down: not an end of the job. */
class Shutdown extends Error {}

const UNKNOWN = definePipeline({
  name: 'unknown',
  stages: [],
  params: { parse: (value: unknown) => value } as Pipeline['params'],
  sources: async () => ({ artifacts: [] }),
});

async function ignoreLostLease(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'LEASE_LOST')) throw error;
  }
}
