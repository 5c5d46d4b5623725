import { join } from 'node:path';
import type { S3Config } from '../config.ts';
import { FileObjectStore } from './file-store.ts';
import { ObjectCache } from './object-cache.ts';
import type { ObjectStore } from './object-store.ts';

/** Plain data, so that a compute process opens the same store. */
export interface ObjectStoreOptions {
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  readonly s3?: S3Config | undefined;
  /** Of the process that looks after the local copies, also for those that come and go. */
  readonly sweepEveryMs?: number;
}

/** S3 where it is configured, files otherwise. The S3 client is loaded only when it is needed: it is a large one. */
export async function openObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  if (!options.s3) return new FileObjectStore(join(options.dataDir, 'objects'));
  const { S3ObjectStore } = await import('./s3-store.ts');
  return new S3ObjectStore(
    options.s3,
    new ObjectCache({
      root: join(options.dataDir, 'cache'),
      limit: options.s3.cacheBytes,
      sweepEveryMs: options.sweepEveryMs,
    }),
  );
}
