import type { S3Config } from '../config.ts';
import type { Database, Em } from '../db/orm.ts';
import { lockGroup } from '../jobs/lease.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { WRITERS } from './claims.ts';
import { DvcCache } from './dvc-cache.ts';
import { DvcRemote, inGroups } from './dvc-remote.ts';
import { type CachedObject, DvcRevision } from './dvc-revision.entity.ts';

interface Place {
  readonly objects: ObjectStore;
  /** Of the repository. */
  readonly root: string;
  readonly s3: S3Config | undefined;
}

/**
 * Lets go of what retention has removed from our own store: the commits stay, and what they name that no version with all
 * its files needs leaves cache and remote.
 *
 * @returns how many objects went.
 */
export async function sweepCache(database: Database, place: Place): Promise<number> {
  // Where this process alone has the database nobody writes meanwhile, and the database must not wait for files.
  if (database.kind === 'pglite') return sweep(database.fork(), place);
  return database.fork().transactional(async (tx) => {
    await lockGroup(tx, WRITERS);
    const open = await tx.count(DvcRevision, { commit: null, lostAt: null });
    return open > 0 ? 0 : sweep(tx, place);
  });
}

async function sweep(em: Em, { objects, root, s3 }: Place): Promise<number> {
  const old = await em.execute<{ id: number; objects: CachedObject[] }[]>(
    `select r.id, r.objects from dvc_revision r join dataset_version v on v.id = r.dataset_version_id
     where r.git_commit is not null and r.swept_at is null and v.files_removed_at is not null order by r.id`,
  );
  if (old.length === 0) return 0;
  const kept = new Set(
    (
      await em.execute<{ md5: string }[]>(
        `select distinct o->>0 as md5 from dvc_revision r join dataset_version v on v.id = r.dataset_version_id,
           jsonb_array_elements(r.objects) o
         where v.files_removed_at is null`,
      )
    ).map(({ md5 }) => md5),
  );
  const gone: string[] = [];
  const candidates = new Map(old.flatMap((revision) => revision.objects));
  await inGroups([...candidates], async ([md5, key]) => {
    // What DVC alone has is small: listings of folders and summaries.
    if (key === null || kept.has(md5) || (await objects.has(key))) return;
    gone.push(md5);
  });
  const cache = new DvcCache(root);
  await inGroups(gone, (md5) => cache.delete(md5));
  if (s3) await new DvcRemote(objects).delete(gone);
  // Marked last: a crash in between only means that the same objects are removed once more.
  await em.execute(
    `update dvc_revision set swept_at = now() where id in (select value::int from jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(old.map(({ id }) => id))],
  );
  return gone.length;
}
