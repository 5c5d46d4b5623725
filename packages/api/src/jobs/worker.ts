import type { Database } from '../db/orm.ts';
import type { PipelineRunner } from '../pipelines/run-pipeline.ts';
import type { JobQueue } from './queue.ts';

const SWEEP_MS = 5000;

export interface WorkerDeps {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly runner: PipelineRunner;
  /** Jobs at a time in this process. */
  readonly concurrency: number;
  readonly onError: (error: unknown, message: string) => void;
}

/** Joins queue and runner, and finds jobs that no queue entry will bring: after a crash, or after a lost delivery. */
export class Worker {
  readonly #deps: WorkerDeps;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { database, queue, runner, concurrency } = this.#deps;
    if (database.kind === 'pglite') {
      // One process owns this database, and it is us: whoever ran these jobs is dead.
      await database
        .fork()
        .execute(`update job set lease_expires_at = now() - interval '1 second' where status = 'running'`);
    }
    await queue.work((jobId) => runner.run(jobId), concurrency);
    await this.#sweep(0);
    this.#timer = setInterval(() => {
      // A busy worker would only queue again what waits for its turn.
      if (runner.busy >= concurrency) return;
      this.#sweep(10).catch((error: unknown) => this.#deps.onError(error, 'looking for forgotten jobs'));
    }, SWEEP_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    // First, so that what the runner gives back is not delivered to it again.
    await this.#deps.queue.pause();
    await this.#deps.runner.stop();
  }

  /** @param minimumAge seconds that a pending job may wait before it counts as forgotten. */
  async #sweep(minimumAge: number): Promise<void> {
    const { database, queue } = this.#deps;
    const found = await database.fork().transactional(async (tx) => {
      const jobs = await tx.execute<{ id: string }[]>(
        `select j.id from job j
         where (j.status = 'running' and j.lease_expires_at < now())
            or (j.status = 'pending' and j.created_at <= now() - make_interval(secs => ?) and not exists (
                  select 1 from job e where e.job_group = j.job_group and e.id <> j.id
                    and (e.status = 'running' or (e.status = 'pending' and e.id < j.id))))
         order by j.id limit 20`,
        [minimumAge],
      );
      for (const job of jobs) await queue.enqueue(tx, job.id);
      return jobs.length;
    });
    if (found > 0) queue.wake();
  }
}
