import type { S3Config } from '../config.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { DvcCache } from './dvc-cache.ts';
import { objectPath } from './dvc-cache.ts';
import type { CachedObject } from './dvc-revision.entity.ts';

/** Copies at a time: a version may have thousands of batches. */
const AT_ONCE = 16;
const PREFIX = 'dvc';

/** DVC's remote in the bucket that has our objects: they are copied there by the server itself. */
export class DvcRemote {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** What is there already stays: equal names, equal bytes. */
  async add(wanted: readonly CachedObject[], cache: DvcCache): Promise<void> {
    await inGroups(wanted, async ([hash, from]) => {
      const key = this.#key(hash);
      if (await this.#objects.has(key)) return;
      if (from !== null) await this.#objects.copy(from, key);
      else await this.#objects.put(key, await cache.read(hash));
    });
  }

  async delete(hashes: readonly string[]): Promise<void> {
    await inGroups(hashes, (hash) => this.#objects.delete(this.#key(hash)));
  }

  #key(hash: string): string {
    return `${PREFIX}/${objectPath(hash)}`;
  }
}

/** Calls the function for each, some at a time. */
export async function inGroups<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(each));
}

/** `.dvc/config`. Without S3 the remote is the cache itself, so that a clone on the same machine can pull. */
export function dvcConfig(root: string, s3: S3Config | undefined): string {
  const remote = s3
    ? [`url = s3://${s3.bucket}/${PREFIX}`, `endpointurl = ${s3.endpoint}`, `region = ${s3.region}`]
    : [`url = ${root}/.dvc/cache`];
  return [
    '[core]',
    'analytics = false',
    'check_update = false',
    'remote = kindred',
    '[cache]',
    'type = "hardlink,copy"',
    `['remote "kindred"']`,
    ...remote,
    '',
  ]
    .map((line) => (line === '' || line.startsWith('[') ? line : `    ${line}`))
    .join('\n');
}
