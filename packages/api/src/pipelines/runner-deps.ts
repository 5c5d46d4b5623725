import type { Logger } from 'pino';
import type { JobLog } from '../jobs/log/job-log.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ComputePool } from './compute-pool.ts';
import type { ProgressDeps } from './job-progress.ts';

/** What running jobs takes. */
export interface RunnerDeps extends ProgressDeps {
  readonly logger: Logger;
  readonly store: ObjectStore;
  readonly queue: JobQueue;
  readonly pool: ComputePool;
  readonly jobLog: JobLog;
  readonly dataDir: string;
  readonly threads: number;
  readonly memoryBytes: number;
  /** Of the code that runs; undefined where nobody knows. */
  readonly commit: string | undefined;
}
