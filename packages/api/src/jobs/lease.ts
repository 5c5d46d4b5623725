import { LockMode } from '@mikro-orm/core';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { Job } from './job.entity.ts';

/** How long a worker may be silent before another takes its job. It renews every second. */
export const LEASE_SECONDS = 15;

/**
 * A job that went down with the service so many times in the same stage is not tried again. Generous, because stages run
 * in a process of their own: what ends the service is hardly ever the job.
 */
export const MAX_JOB_ATTEMPTS = 20;

/** A worker's right to write for a job. The token grows with each taker, so a stale worker is told apart for ever. */
export interface Lease {
  readonly jobId: string;
  readonly token: number;
  readonly attempt: number;
}

/** Serialises creation, taking and ending of the jobs of a group, so that none of them is overlooked. Held to the commit. */
export async function lockGroup(tx: Em, group: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [group]);
}

/**
 * Takes a job: pending, or running under a lease that ran out, while no other job of its group runs or was there before it.
 *
 * @returns undefined when it is not to be taken now; whoever ends the job before it in the group enqueues it again.
 */
export async function takeLease(em: Em, jobId: string): Promise<Lease | undefined> {
  return em.transactional(async (tx) => {
    const [job] = await tx.execute<{ job_group: string | null }[]>('select job_group from job where id = ?', [jobId]);
    if (!job) return undefined;
    if (job.job_group !== null) {
      await lockGroup(tx, job.job_group);
      // A job that is retried may be older than one that runs, so running ones count whatever their id.
      const ahead = await tx.execute<unknown[]>(
        `select 1 from job where job_group = ? and id <> ? and (status = 'running' or (status = 'pending' and id < ?)) limit 1`,
        [job.job_group, jobId, jobId],
      );
      if (ahead.length > 0) return undefined;
    }
    const [taken] = await tx.execute<{ lease_token: number; attempt: number }[]>(
      `update job set status = 'running', lease_token = lease_token + 1, attempt = attempt + 1,
         lease_expires_at = now() + make_interval(secs => ?), started_at = coalesce(started_at, now())
       where id = ? and (status = 'pending' or (status = 'running' and lease_expires_at < now()))
       returning lease_token, attempt`,
      [LEASE_SECONDS, jobId],
    );
    return taken ? { jobId, token: taken.lease_token, attempt: taken.attempt } : undefined;
  });
}

/**
 * A small write of the job's worker, refused when the lease is lost.
 *
 * @param sql an update that ends in a condition of its `where`. @throws DomainError LEASE_LOST
 */
export async function writeLeased(em: Em, lease: Lease, sql: string, values: readonly unknown[]): Promise<void> {
  const rows = await em.execute<unknown[]>(
    `${sql} and exists (select 1 from job where id = ? and lease_token = ? and status = 'running') returning id`,
    [...values, lease.jobId, lease.token],
  );
  if (rows.length === 0) throw leaseLost(lease);
}

export interface JobProgress {
  readonly progress: number;
  readonly message: string;
  readonly etaSeconds: number | null;
}

/**
 * Renews the lease and writes the progress with it.
 *
 * @returns whether somebody asked to cancel the job. @throws DomainError LEASE_LOST
 */
export async function renewLease(
  em: Em,
  lease: Lease,
  { progress, message, etaSeconds }: JobProgress,
): Promise<boolean> {
  const [row] = await em.execute<{ cancel_requested: boolean }[]>(
    `update job set lease_expires_at = now() + make_interval(secs => ?), progress = ?, message = ?, eta_seconds = ?
     where id = ? and lease_token = ? and status = 'running' returning cancel_requested`,
    [LEASE_SECONDS, progress, message, etaSeconds, lease.jobId, lease.token],
  );
  if (!row) throw leaseLost(lease);
  return row.cancel_requested;
}

/**
 * The job, locked to the end of the transaction, if the lease still holds. Every write of a worker begins with this.
 *
 * @throws DomainError LEASE_LOST
 */
export async function lockLeased(tx: Em, lease: Lease): Promise<Job> {
  const job = await tx.findOne(Job, { id: lease.jobId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!job || job.leaseToken !== lease.token || job.status !== 'running') throw leaseLost(lease);
  return job;
}

function leaseLost(lease: Lease): DomainError {
  return new DomainError('LEASE_LOST', `Another worker has taken job ${lease.jobId}`, {
    details: { jobId: lease.jobId, token: lease.token },
  });
}
