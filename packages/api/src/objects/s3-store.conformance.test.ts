import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storeContract } from '../test/store-contract.ts';
import { findMoto, startS3, type ThrowawayS3 } from '../test/throwaway-s3.ts';
import { ObjectCache } from './object-cache.ts';
import { hashBytes } from './object-store.ts';
import { S3ObjectStore } from './s3-store.ts';

const program = findMoto();

/** Against moto's S3 server; SKIPPED where it is not installed. */
describe.skipIf(program === undefined)('the store on S3', () => {
  let server: ThrowawayS3;
  beforeAll(async () => {
    server = await startS3(program ?? '');
  });
  afterAll(() => server?.stop());

  const open = (folder: string, bucket = `kindred-${randomUUID()}`) =>
    new S3ObjectStore(
      {
        endpoint: server.url,
        bucket,
        region: 'us-east-1',
        accessKeyId: 'someone',
        secretAccessKey: 'something',
        cacheBytes: 2 ** 30,
      },
      new ObjectCache({ root: join(folder, 'cache'), limit: 2 ** 30 }),
    );

  storeContract((folder) => open(folder));

  describe('of several processes', () => {
    const bucket = `kindred-${randomUUID()}`;
    let folders: string[];
    let stores: S3ObjectStore[];
    beforeEach(async () => {
      folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'kindred-s3-'))));
      stores = folders.map((folder) => open(folder, bucket));
    });
    afterEach(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

    it('takes a large object in parts, from memory and from a file, and gives it to another process whole', async () => {
      const [here, there] = stores;
      const bytes = randomBytes(40 * 2 ** 20);
      const file = join(folders[0], 'large');
      await writeFile(file, bytes);
      const { key, hash } = await here.putContent({ file });
      expect(hash).toBe(hashBytes(bytes));
      expect((await readFile(await there.path(key))).equals(bytes)).toBe(true);
      await here.put('reports/large.bin', bytes);
      expect((await there.get('reports/large.bin')).equals(bytes)).toBe(true);
    });

    it('outlasts a network that is gone for a second', async () => {
      const [here, there] = stores;
      await here.put('batches/a/offer/1.json', Buffer.from('before'));
      await server.disconnect();
      const put = here.put('batches/a/offer/2.json', Buffer.from('meanwhile'), { ifAbsent: true });
      const get = there.get('batches/a/offer/1.json');
      const both = Promise.all([put, get]);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await server.reconnect();
      const [, bytes] = await both;
      expect(bytes.toString()).toBe('before');
      expect((await there.get('batches/a/offer/2.json')).toString()).toBe('meanwhile');
    });

    it('fetches an object again whose connection breaks in the midst of it', async () => {
      const [here, there] = stores;
      const large = randomBytes(20 * 2 ** 20);
      await here.put('reports/large.bin', large);
      server.cutAfter(5 * 2 ** 20);
      expect((await there.get('reports/large.bin')).equals(large)).toBe(true);
    });

    it('says so where it keeps silent, and works as soon as it speaks again', async () => {
      const [here, there] = stores;
      await here.put('batches/a/offer/1.json', Buffer.from('before'));
      server.swallow();
      const calls = [
        here.put('batches/a/offer/2.json', Buffer.from('meanwhile')),
        there.get('batches/a/offer/1.json'),
        there.has('batches/a/offer/1.json'),
      ];
      for (const outcome of await Promise.allSettled(calls)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
      }
      server.pass();
      expect((await there.get('batches/a/offer/1.json')).toString()).toBe('before');
    }, 60_000);

    it('says so where it stays away, has nothing half-written, and works as soon as it is back', async () => {
      const [here, there] = stores;
      const large = randomBytes(40 * 2 ** 20);
      await here.ping(AbortSignal.timeout(2000));
      await server.disconnect();
      await expect(here.ping(AbortSignal.timeout(300))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      for (const body of [Buffer.from('small'), large]) {
        await expect(here.put('reports/gone.bin', body)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      }
      await server.reconnect();
      expect(await there.has('reports/gone.bin')).toBe(false);
      await here.put('reports/gone.bin', large);
      expect((await there.get('reports/gone.bin')).equals(large)).toBe(true);
    }, 120_000);
  });
});
