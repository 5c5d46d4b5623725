import type { Core } from '../core.ts';
import { Job, type JobStatus } from './job.entity.ts';
import { jobUpdated } from './job-event.ts';

const LOOK_MS = 2000;
/** A transaction that ends a job may be seen so much later than the time that it wrote: clocks differ, commits wait. */
const OVERLAP_MS = 60_000;
const ENDED: readonly JobStatus[] = ['completed', 'failed', 'cancelled'];

/**
 * Tells the listeners of this process of jobs that ended elsewhere and whose event did not come: Redis was away or is not
 * configured, or the worker died between its commit and the event. Each end is told once.
 */
export class EndedJobs {
  readonly #core: Pick<Core, 'database' | 'events' | 'logger'>;
  /** Ends that were told, by job; the time keeps it small. */
  readonly #told = new Map<string, number>();
  #lookedAt = Date.now();
  #first = true;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(core: Pick<Core, 'database' | 'events' | 'logger'>) {
    this.#core = core;
  }

  start(): void {
    // One process alone hears of everything.
    if (this.#core.database.kind === 'pglite') return;
    this.#unsubscribe = this.#core.events.subscribe('jobUpdated', ({ jobId, status }) => {
      if (ENDED.includes(status)) this.#told.set(jobId, Date.now());
      else this.#told.delete(jobId);
    });
    const look = () => {
      this.#looking ??= this.#look()
        .catch((error: unknown) => this.#core.logger.debug({ err: error }, 'looking for jobs that ended elsewhere'))
        .finally(() => {
          this.#looking = undefined;
        });
    };
    look();
    this.#timer = setInterval(look, LOOK_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#unsubscribe?.();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const begun = Date.now();
    // After an outage of the database: from where the last look ended.
    const since = new Date(this.#lookedAt - OVERLAP_MS);
    const where = { status: { $in: [...ENDED] }, finishedAt: { $gte: since } };
    const jobs = await this.#core.database.fork().find(Job, where, { orderBy: { finishedAt: 'asc' } });
    for (const job of jobs) {
      if (this.#told.has(job.id)) continue;
      this.#told.set(job.id, begun);
      if (!this.#first) this.#core.events.tell(jobUpdated(job));
    }
    this.#first = false;
    this.#lookedAt = begun;
    for (const [id, at] of this.#told) if (at < begun - 2 * OVERLAP_MS) this.#told.delete(id);
  }
}
