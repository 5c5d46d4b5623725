import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { storeContract } from '../test/store-contract.ts';
import { findMinio, startMinio, type ThrowawayMinio } from '../test/throwaway-minio.ts';
import { ObjectCache } from './object-cache.ts';
import { S3ObjectStore } from './s3-store.ts';

const programs = findMinio();

/** Against the real MinIO, with the key that deploy/minio/make-bucket.sh makes; SKIPPED where `minio` and `mc` are not there. */
describe.skipIf(programs === undefined)("the service's own key of MinIO", () => {
  const key = { accessKeyId: 'kindred', secretAccessKey: 'secret-of-the-service' };
  let server: ThrowawayMinio;
  beforeAll(async () => {
    server = await startMinio(programs ?? '');
    server.makeBucket(key.accessKeyId, key.secretAccessKey);
    // A stack that starts again finds everything there.
    server.makeBucket(key.accessKeyId, key.secretAccessKey);
  }, 60_000);
  afterAll(() => server?.stop());

  const open = (folder: string, bucket = 'kindred') =>
    new S3ObjectStore(
      { endpoint: server.url, bucket, region: 'us-east-1', ...key, cacheBytes: 2 ** 30 },
      new ObjectCache({ root: join(folder, 'cache'), limit: 2 ** 30 }),
    );
  afterEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-minio-empty-'));
    const store = open(folder);
    for await (const object of store.list('')) await store.delete(object.key);
    await rm(folder, { recursive: true });
  });

  describe('is enough for the store', () => storeContract((folder) => open(folder)));

  it('takes a large object in parts, and finds the store there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-minio-large-'));
    const store = open(folder);
    await store.ping(AbortSignal.timeout(2000));
    const large = Buffer.alloc(40 * 2 ** 20, 7);
    await store.put('reports/large.bin', large);
    expect((await store.get('reports/large.bin')).equals(large)).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('opens nothing else', async () => {
    const client = new S3Client({ endpoint: server.url, region: 'us-east-1', credentials: key, forcePathStyle: true });
    await expect(client.send(new CreateBucketCommand({ Bucket: 'other' }))).rejects.toThrow(/Access Denied/);
    await expect(client.send(new DeleteBucketCommand({ Bucket: 'kindred' }))).rejects.toThrow(/Access Denied/);
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['kindred']);
  });
});
