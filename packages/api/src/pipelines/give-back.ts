import type { DomainError } from '../errors.ts';
import type { Job } from '../jobs/job.entity.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { type Lease, lockLeased } from '../jobs/lease.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import type { RunnerDeps } from './runner-deps.ts';

/** How long a job that was given back for an outage is left alone. */
const WAIT_SECONDS = 2;

/**
 * Gives a job back, to be continued after the stages that have finished.
 *
 * @param outage what the job waits for: it is not its fault, and it is tried again until that is over.
 * @throws DomainError LEASE_LOST
 */
export async function giveBack(
  { database, queue, events }: Pick<RunnerDeps, 'database' | 'queue' | 'events'>,
  lease: Lease,
  outage?: DomainError,
): Promise<void> {
  let given: Job | undefined;
  await database.fork().transactional(async (tx) => {
    const job = await lockLeased(tx, lease);
    job.status = 'pending';
    job.leaseExpiresAt = null;
    // Being stopped on purpose is no sign of a job that kills its worker.
    job.attempt -= 1;
    if (outage) job.message = `waits: ${outage.message}`;
    await tx.flush();
    await tx.nativeUpdate(StageRun, { job: job.id, status: 'running' }, { status: 'pending' });
    await queue.enqueue(tx, job.id, outage ? WAIT_SECONDS : 0);
    given = job;
  });
  if (given && outage) events.publish(jobUpdated(given));
}
