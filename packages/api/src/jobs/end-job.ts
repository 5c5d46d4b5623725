import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { Em } from '../db/orm.ts';
import type { ErrorRecord } from '../errors.ts';
import { type DomainEvent, event } from '../events/events.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { owe } from '../mlflow/outbox.ts';
import type { Job } from './job.entity.ts';
import { jobUpdated } from './job-event.ts';
import { lockGroup } from './lease.ts';
import type { JobQueue } from './queue.ts';

export interface JobEnding {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly outcome?: string | undefined;
  readonly error?: ErrorRecord | undefined;
}

/**
 * Ends a job, in the caller's transaction: its last state, the version's where nothing better is known, and the queue
 * entry of the next job of its group.
 *
 * @returns the events to publish after the commit.
 */
export async function endJob(tx: Em, job: Job, queue: JobQueue, ending: JobEnding): Promise<DomainEvent[]> {
  if (job.group) await lockGroup(tx, job.group);
  job.status = ending.status;
  job.outcome = ending.outcome ?? null;
  job.error = ending.error ?? null;
  job.finishedAt = new Date();
  job.leaseExpiresAt = null;
  job.etaSeconds = null;
  job.message = ending.error?.message ?? '';
  if (ending.status === 'completed') job.progress = 1;
  const events = [jobUpdated(job)];
  if (ending.status !== 'completed' && job.datasetVersion) {
    const version = await tx.findOneOrFail(DatasetVersion, job.datasetVersion.id);
    // A version that an earlier job has processed stays in the catalog whatever happens to a rerun.
    if (version.status === 'committed') {
      version.status = 'failed';
      events.push(versionUpdated(version));
    }
  }
  await tx.flush();
  await enqueueNext(tx, job, queue);
  const run = await tx.findOne(ExperimentRun, { job: job.id });
  if (run) await owe(tx, [{ kind: 'run_end', subject: run.id }]);
  return events;
}

/**
 * Leaves a job where it is, in the caller's transaction, until somebody lets it go on.
 *
 * @returns the events to publish after the commit.
 */
export async function pauseJob(tx: Em, job: Job, queue: JobQueue, progress: number): Promise<DomainEvent[]> {
  if (job.group) await lockGroup(tx, job.group);
  Object.assign(job, { status: 'paused', leaseExpiresAt: null, etaSeconds: null, message: '', progress });
  await tx.flush();
  await enqueueNext(tx, job, queue);
  return [jobUpdated(job)];
}

/** The job of its group that waits for this one. */
async function enqueueNext(tx: Em, job: Job, queue: JobQueue): Promise<void> {
  if (!job.group) return;
  const [next] = await tx.execute<{ id: string }[]>(
    `select id from job where job_group = ? and status = 'pending' order by id limit 1`,
    [job.group],
  );
  if (next) await queue.enqueue(tx, next.id);
}

export function versionUpdated(version: DatasetVersion): DomainEvent {
  return event('versionUpdated', {
    datasetVersionId: version.id,
    datasetId: version.dataset.id,
    name: version.name,
    status: version.status,
  });
}
