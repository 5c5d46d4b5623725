import type { Core } from '../core.ts';
import { CLUSTERING } from '../datasets/dataset.entity.ts';
import type { Em } from '../db/orm.ts';
import { lockGroup } from '../jobs/lease.ts';

/** Bytes under a key are removed, and counted on by a new row, by one at a time. Held to the commit. */
export async function lockObjects(tx: Em, keys: readonly string[]): Promise<void> {
  for (const key of [...new Set(keys)].sort()) await lockGroup(tx, `object:${key}`);
}

/** An upload whose process was killed between its rows and its bytes. */
const ABANDONED = "interval '1 hour'";

interface OldTable {
  readonly id: string;
  readonly version: string;
  readonly object_key: string;
  readonly table_key: string;
  readonly deleted: boolean;
}

/**
 * Removes the files of uploaded tables that were deleted, that an upload has left half done, or that newer versions of the same data
 * set supersede; and what jobs have made of deleted ones. Bytes that another row refers to stay.
 *
 * @returns how many objects were removed.
 */
export async function sweepTables(core: Core): Promise<number> {
  const em = core.database.fork();
  const old = await em.execute<OldTable[]>(
    `select t.id, v.id as version, t.object_key, t.table_key, v.deleted
     from uploaded_table t join (
       select v.*, d.deleted_at is not null as deleted,
         row_number() over (partition by v.dataset_id order by v.ordinal desc) as age
       from dataset_version v join dataset d on d.id = v.dataset_id where d.kind = ?) v on v.id = t.dataset_version_id
     where v.files_removed_at is null and (
       v.deleted
       or (v.status = 'receiving' and v.created_at < now() - ${ABANDONED})
       or (v.age > ? and v.status = 'processed' and not exists (
         select 1 from job j where j.dataset_version_id = v.id and j.status in ('pending', 'running', 'paused'))))
     order by t.id`,
    [CLUSTERING, core.config.keepVersions],
  );
  let removed = 0;
  for (const table of old) removed += await core.database.fork().transactional((tx) => removeFiles(core, tx, table));
  return removed;
}

/** Starts a sweep that nobody waits for. */
export function sweepSoon(core: Core): void {
  sweepTables(core).then(
    (objects) => objects > 0 && core.logger.info({ objects }, 'removed files of uploaded tables'),
    (error: unknown) => core.logger.error({ err: error }, 'files of uploaded tables could not be removed'),
  );
}

async function removeFiles(core: Core, tx: Em, table: OldTable): Promise<number> {
  const made = table.deleted
    ? await tx.execute<{ key: string }[]>(
        `select distinct a.object_key as key from artifact a join job j on j.id = a.job_id
         where j.dataset_version_id = ? and a.deleted_at is null`,
        [table.version],
      )
    : [];
  const keys = [table.object_key, table.table_key, ...made.map(({ key }) => key)];
  await lockObjects(tx, keys);
  await tx.execute('update dataset_version set files_removed_at = now() where id = ?', [table.version]);
  if (table.deleted) {
    // What is shown of a table is data too.
    await tx.execute(`update uploaded_table set preview = '[]', columns = '[]' where id = ?`, [table.id]);
    await tx.execute(
      `update artifact set deleted_at = now() where deleted_at is null
         and job_id in (select id from job where dataset_version_id = ?)`,
      [table.version],
    );
  }
  return removeUnneeded(core, tx, keys);
}

/** Removes the files and the log of a job that was deleted, but for bytes that something else refers to. In the caller's transaction. */
export async function removeJobFiles(core: Core, tx: Em, jobId: string): Promise<number> {
  await tx.execute('delete from job_log_line where job_id = ?', [jobId]);
  const made = await tx.execute<{ key: string }[]>(
    'select distinct object_key as key from artifact where job_id = ? and deleted_at is null',
    [jobId],
  );
  const keys = made.map(({ key }) => key);
  await lockObjects(tx, keys);
  await tx.execute('update artifact set deleted_at = now() where job_id = ? and deleted_at is null', [jobId]);
  return removeUnneeded(core, tx, keys);
}

async function removeUnneeded(core: Core, tx: Em, keys: readonly string[]): Promise<number> {
  let removed = 0;
  for (const key of new Set(keys)) {
    if (await isNeeded(tx, key)) continue;
    await core.objects.delete(key);
    removed++;
  }
  return removed;
}

async function isNeeded(tx: Em, key: string): Promise<boolean> {
  const [{ needed }] = await tx.execute<[{ needed: boolean }]>(
    `select exists (select 1 from uploaded_table t join dataset_version v on v.id = t.dataset_version_id
         where v.files_removed_at is null and (t.object_key = ? or t.table_key = ?))
       or exists (select 1 from artifact where object_key = ? and deleted_at is null)
       or exists (select 1 from model_version where artifact_key = ?) as needed`,
    [key, key, key, key],
  );
  return needed;
}
