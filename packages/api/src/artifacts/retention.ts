import type { Core } from '../core.ts';
import { CLUSTERING } from '../datasets/dataset.entity.ts';
import { manifestMembers, manifestSchema } from '../datasets/manifest.ts';
import type { Em } from '../db/orm.ts';
import { contentKey } from '../objects/object-store.ts';

export interface Removed {
  readonly objects: number;
  readonly bytes: number;
}

interface OldObject {
  readonly key: string;
  readonly bytes: number;
}

/** What is smaller stays for ever: reports and the like are worth more than their bytes. */
const KEEP_BELOW_BYTES = 256 * 1024;

/** Versions by commit order; 1 is the newest. */
const VERSIONS_BY_AGE = `select id, manifest_hash, files_removed_at, row_number() over (order by ordinal desc) as age
  from dataset_version where dataset_id = ? and ordinal is not null`;

/**
 * Removes batches and large files of superseded versions of a data set. What stays, whatever its age: everything of the
 * newest versions by commit order, every model, what serves or served last, profiles that later versions are compared
 * with, small files, and all rows of the database (lineage still names what is gone). Does nothing while a job of the
 * data set waits or runs, nor to uploaded tables, which share bytes: uploads/sweep-tables.ts sees to them.
 *
 * @param keepVersions closed versions whose files stay.
 */
export async function removeSuperseded(core: Core, datasetId: string, keepVersions: number): Promise<Removed> {
  const em = core.database.fork();
  const [{ busy }] = await em.execute<[{ busy: boolean }]>(
    `select exists (select 1 from dataset where id = ? and kind = ?) or exists (select 1 from job j join dataset_version v on v.id = j.dataset_version_id
       where v.dataset_id = ? and j.status in ('pending', 'running')) as busy`,
    [datasetId, CLUSTERING, datasetId],
  );
  if (busy) return { objects: 0, bytes: 0 };
  const batches = await removeBatches(core, em, datasetId, keepVersions);
  const artifacts = await removeArtifacts(core, em, datasetId, keepVersions);
  return { objects: batches.objects + artifacts.objects, bytes: batches.bytes + artifacts.bytes };
}

async function removeBatches(core: Core, em: Em, datasetId: string, keepVersions: number): Promise<Removed> {
  const versions = await em.execute<{ id: string; manifest_hash: string }[]>(
    `select id, manifest_hash from (${VERSIONS_BY_AGE}) v where age > ? and files_removed_at is null order by age`,
    [datasetId, keepVersions],
  );
  const removed = { objects: 0, bytes: 0 };
  for (const version of versions) {
    const manifest = await core.objects.get(contentKey(version.manifest_hash)).catch(() => undefined);
    const members = manifest ? manifestMembers(manifestSchema.parse(JSON.parse(manifest.toString('utf8')))) : new Map();
    add(removed, await removeObjects(core, [...members.values()]));
    // Marked last: a crash in between only means that the same objects are removed once more.
    await em.execute('update dataset_version set files_removed_at = now() where id = ?', [version.id]);
  }
  return removed;
}

async function removeArtifacts(core: Core, em: Em, datasetId: string, keepVersions: number): Promise<Removed> {
  const rows = await em.execute<{ key: string; bytes: string | number }[]>(
    `with old as (select id from (${VERSIONS_BY_AGE}) v where age > ?),
       compared as (
         select trained_on_id as id from model_version
         union all
         (select id from dataset_version where dataset_id = ? and status = 'processed' order by ordinal desc limit 1)),
       serving as (select world_key, model_key from deployment order by id desc limit 2)
     select a.object_key as key, max(a.bytes) as bytes
     from artifact a join job j on j.id = a.job_id
     where a.deleted_at is null and a.bytes >= ?
     group by a.object_key
     having bool_and(j.dataset_version_id in (select id from old))
       and not bool_or(a.name like '%.json' and j.dataset_version_id in (select id from compared))
       and not exists (select 1 from model_version m where m.artifact_key = a.object_key)
       and not exists (select 1 from serving s where s.world_key = a.object_key or s.model_key = a.object_key)`,
    [datasetId, keepVersions, datasetId, KEEP_BELOW_BYTES],
  );
  const removed = await removeObjects(
    core,
    rows.map(({ key, bytes }) => ({ key, bytes: Number(bytes) })),
  );
  await em.execute(
    `update artifact set deleted_at = now()
     where deleted_at is null and object_key in (select key from jsonb_to_recordset(?::jsonb) as gone(key text))`,
    [JSON.stringify(rows.map(({ key }) => ({ key })))],
  );
  return removed;
}

async function removeObjects(core: Core, objects: readonly OldObject[]): Promise<Removed> {
  const removed = { objects: 0, bytes: 0 };
  for (const { key, bytes } of objects) {
    await core.objects.delete(key);
    add(removed, { objects: 1, bytes });
  }
  return removed;
}

function add(sum: { objects: number; bytes: number }, more: Removed): void {
  sum.objects += more.objects;
  sum.bytes += more.bytes;
}
