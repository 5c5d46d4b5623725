import type { Database } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { type DomainEvent, type EventBus, event } from '../events/events.ts';
import type { Job } from '../jobs/job.entity.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { type Lease, renewLease } from '../jobs/lease.ts';
import type { StageRun } from '../jobs/stage-run.entity.ts';
import { StageEstimate } from './stage-estimate.ts';

/** The database hears of progress, and the lease is renewed, once a second; readers of events hear five times as often. */
const TICK_MS = 1000;
const EVENT_MS = 200;

export interface ProgressDeps {
  readonly database: Database;
  readonly events: EventBus;
  readonly onError: (error: unknown, message: string) => void;
}

/** How far a running job is: told to readers, written to the database, and the sign of life that keeps its lease. */
export class JobProgress {
  readonly #deps: ProgressDeps;
  readonly #lease: Lease;
  readonly #abort: AbortController;
  /** The job as it was when this worker took it; its progress is kept up to date here. */
  job: Job;
  estimate: StageEstimate;
  #stageRun: StageRun | undefined;
  #startedAt = 0;
  #announcedAt = 0;
  #ticker: NodeJS.Timeout | undefined;
  #ticking: Promise<void> | undefined;

  constructor(deps: ProgressDeps, job: Job, lease: Lease, abort: AbortController) {
    this.#deps = deps;
    this.#lease = lease;
    this.#abort = abort;
    this.job = job;
    this.estimate = new StageEstimate([], new Map());
  }

  /** The stage that is being worked on. */
  get stageRun(): StageRun | undefined {
    return this.#stageRun;
  }

  /** Seconds that the present stage has taken so far. */
  get #elapsed(): number {
    return this.#stageRun ? (Date.now() - this.#startedAt) / 1000 : 0;
  }

  start(): void {
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    clearInterval(this.#ticker);
    await this.#ticking;
  }

  /** @param startedAt when it was started, for one that ran ahead of its turn: it keeps its progress. */
  enter(stageRun: StageRun, startedAt?: Date): void {
    if (!startedAt) {
      stageRun.progress = 0;
      stageRun.message = '';
    }
    this.#stageRun = stageRun;
    this.#startedAt = startedAt?.getTime() ?? Date.now();
  }

  leave(): void {
    this.#stageRun = undefined;
  }

  /**
   * @param stageRun the present stage, or one that runs ahead of its turn: that one is told of, and does not move the job's progress.
   * @param done share of the stage, which never goes back.
   */
  advance(stageRun: StageRun, done: number, message: string | undefined): void {
    stageRun.progress = Math.max(stageRun.progress, done);
    if (message !== undefined) stageRun.message = message;
    if (Date.now() - this.#announcedAt < EVENT_MS) return;
    if (stageRun !== this.#stageRun) this.#deps.events.publish(stageProgress(stageRun));
    this.announce();
  }

  announce(): void {
    const stageRun = this.#stageRun;
    if (!stageRun) return;
    this.#announcedAt = Date.now();
    const estimate = this.estimate.at(stageRun.name, stageRun.progress, this.#elapsed);
    stageRun.etaSeconds = estimate.stageEtaSeconds;
    this.job.progress = Math.max(this.job.progress, estimate.progress);
    this.job.message = stageRun.message === '' ? stageRun.name : `${stageRun.name}: ${stageRun.message}`;
    this.job.etaSeconds = estimate.etaSeconds;
    this.#deps.events.publish(stageProgress(stageRun));
    this.#deps.events.publish(jobUpdated(this.job));
  }

  #tick(): void {
    if (this.#ticking) return;
    this.announce();
    this.#ticking = this.#write()
      .catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'LEASE_LOST') this.#abort.abort(error);
        // The database may be back before the lease runs out; if it is not, another worker takes over.
        else this.#deps.onError(error, `the lease of job ${this.job.id} could not be renewed`);
      })
      .finally(() => {
        this.#ticking = undefined;
      });
  }

  async #write(): Promise<void> {
    const { progress, message, etaSeconds } = this.job;
    const em = this.#deps.database.fork();
    if (await renewLease(em, this.#lease, { progress, message, etaSeconds: etaSeconds ?? null })) {
      this.#abort.abort(new DomainError('CANCELLED', 'The job was cancelled'));
      return;
    }
    const stageRun = this.#stageRun;
    if (!stageRun) return;
    await em.execute(
      `update stage_run set progress = ?, message = ?, eta_seconds = ? where id = ? and status = 'running'`,
      [stageRun.progress, stageRun.message, stageRun.etaSeconds ?? null, stageRun.id],
    );
  }
}

export function stageProgress(stageRun: StageRun): DomainEvent {
  return event('stageProgress', {
    jobId: stageRun.job.id,
    stageRunId: stageRun.id,
    stage: stageRun.name,
    status: stageRun.status,
    progress: stageRun.progress,
    message: stageRun.message,
    etaSeconds: stageRun.etaSeconds ?? null,
  });
}
