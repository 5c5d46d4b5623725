import { randomUUID } from 'node:crypto';
import type { Em } from '../db/orm.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { lockGroup } from '../jobs/lease.ts';
import { owe } from '../mlflow/outbox.ts';
import { DvcRevision } from './dvc-revision.entity.ts';
import { tagOf } from './tag-name.ts';
import type { WrittenRevision } from './write-revision.ts';

/** How long a writer may be silent before another takes the revision that it has in hand. */
export const LEASE_SECONDS = 60;

/** Held while a revision is taken, and while the cache is swept. */
export const WRITERS = 'dvc';

export interface HeldRevision {
  readonly id: number;
  readonly jobId: string;
  readonly tag: string;
  readonly holder: string;
}

/**
 * Jobs that have processed a version and are no revision yet, in the order in which they ended. What it takes is derived from
 * what the jobs left, so that nothing is noted for it while they run, and a crash loses nothing.
 */
const OWED = `select j.id, j.dataset_version_id, v.name from job j join dataset_version v on v.id = j.dataset_version_id
  where j.status = 'completed' and v.status = 'processed' and v.files_removed_at is null
    and not exists (select 1 from dvc_revision r where r.job_id = j.id)
    and not exists (select 1 from stage_run s where s.job_id = j.id
      and (s.stop or (s.status in ('completed', 'reused') and s.inputs is null)))
  order by j.finished_at, j.id limit 1`;

/** Takes the revision to write next, unless another writer has it: one at a time, for the order of the commits. */
export async function takeNext(em: Em): Promise<HeldRevision | undefined> {
  return em.transactional(async (tx) => {
    await lockGroup(tx, WRITERS);
    const [open] = await tx.execute<{ id: number; free: boolean }[]>(
      `select id, (leased_until is null or leased_until < now()) as free from dvc_revision
       where git_commit is null and lost_at is null order by id limit 1`,
    );
    if (open && !open.free) return undefined;
    const id = open?.id ?? (await begin(tx));
    if (id === undefined) return undefined;
    const holder = randomUUID();
    const [held] = await tx.execute<{ jobId: string; tag: string }[]>(
      `update dvc_revision set holder = ?, leased_until = now() + make_interval(secs => ?) where id = ?
       returning job_id as "jobId", tag`,
      [holder, LEASE_SECONDS, id],
    );
    return held && { id, ...held, holder };
  });
}

async function begin(tx: Em): Promise<number | undefined> {
  const [job] = await tx.execute<{ id: string; dataset_version_id: string; name: string }[]>(OWED);
  if (!job) return undefined;
  const earlier = await tx.count(DvcRevision, { datasetVersion: job.dataset_version_id });
  const revision = tx.create(DvcRevision, {
    job: job.id,
    datasetVersion: job.dataset_version_id,
    tag: tagOf(job.name, earlier + 1),
  });
  await tx.flush();
  return revision.id;
}

/** @returns whether the revision is still this holder's. */
export async function renew(em: Em, { id, holder }: HeldRevision): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `update dvc_revision set leased_until = now() + make_interval(secs => ?) where id = ? and holder = ? returning id`,
    [LEASE_SECONDS, id, holder],
  );
  return rows.length > 0;
}

/** The revision is there; MLflow is owed the news where its data were trained on. */
export async function markWritten(em: Em, held: HeldRevision, written: WrittenRevision): Promise<boolean> {
  return em.transactional(async (tx) => {
    const revision = await tx.findOne(DvcRevision, { id: held.id, holder: held.holder });
    if (!revision) return false;
    const { commit, dvcHash, objects, metrics } = written;
    Object.assign(revision, { commit, dvcHash, objects: [...objects], metrics });
    Object.assign(revision, { writtenAt: new Date(), holder: null, leasedUntil: null, lastError: null });
    await tx.flush();
    const run = await tx.findOne(ExperimentRun, { job: held.jobId });
    if (run) await owe(tx, [{ kind: 'data_revision', subject: run.id }]);
    return true;
  });
}

/** Gives the revision back, to be tried again. */
export async function giveBack(em: Em, { id, holder }: HeldRevision, error: string | undefined): Promise<void> {
  await em.execute(
    `update dvc_revision set holder = null, leased_until = null, last_error = coalesce(?::text, last_error)
     where id = ? and holder = ?`,
    [error ?? null, id, holder],
  );
}

/** Gives the revision up: retention has removed what it would need. */
export async function markLost(em: Em, { id, holder }: HeldRevision, error: string): Promise<void> {
  await em.execute(
    `update dvc_revision set holder = null, leased_until = null, last_error = ?, lost_at = now()
     where id = ? and holder = ?`,
    [error, id, holder],
  );
}

/** The process that had revisions in hand is dead, where this one alone owns the database. */
export async function freeAll(em: Em): Promise<void> {
  await em.execute('update dvc_revision set holder = null, leased_until = null where holder is not null');
}
