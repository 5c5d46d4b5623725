import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectCache } from './object-cache.ts';
import { contentKey, hashBytes } from './object-store.ts';

const BYTES = 1000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open10 = (graceMs = 0) => new ObjectCache({ root: join(folder, 'cache'), limit: 10 * BYTES, graceMs });

/** Puts an object in that was used so many seconds ago. */
async function add(cache: ObjectCache, number: number, secondsAgo = 0): Promise<string> {
  const bytes = Buffer.alloc(BYTES, number);
  const key = contentKey(hashBytes(bytes));
  const file = await cache.incoming(`download-${number}`);
  await writeFile(file, bytes);
  const used = new Date(Date.now() - secondsAgo * 1000);
  await utimes(file, used, used);
  await cache.adopt(key, file);
  return key;
}

async function bytesOnDisk(): Promise<number> {
  const entries = await readdir(join(folder, 'cache'), { withFileTypes: true, recursive: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe('copies of objects', () => {
  it('stay below the limit however many come, those that were not asked for the longest going first', async () => {
    const cache = open10();
    const keys: string[] = [];
    for (let i = 0; i < 10; i++) keys.push(await add(cache, i, 100 - i));
    expect(await cache.find(keys[0])).toBeDefined();
    for (let i = 10; i < 40; i++) {
      keys.push(await add(cache, i, 60 - i));
      expect(await bytesOnDisk()).toBeLessThanOrEqual(10 * BYTES);
    }
    expect(await cache.find(keys[0])).toBeDefined();
    expect(await cache.find(keys[1])).toBeUndefined();
    expect(await cache.find(keys[39])).toBeDefined();
    expect(await cache.read(keys[1])).toBeUndefined();
  });

  it('are read to their end by whoever has opened one, and stay while they are held', async () => {
    const cache = open10();
    const opened = await add(cache, 1, 100);
    const held = await add(cache, 2, 100);
    const handle = await open((await cache.find(opened)) ?? '');
    const name = await cache.hold(held, join(folder, 'scratch', '.inputs'));
    for (const key of [opened, held]) {
      const old = new Date(Date.now() - 100_000);
      await utimes(join(folder, 'cache', key), old, old);
    }
    for (let i = 10; i < 30; i++) await add(cache, i, 50 - i);
    expect(await cache.find(opened)).toBeUndefined();
    expect((await handle.readFile()).equals(Buffer.alloc(BYTES, 1))).toBe(true);
    await handle.close();
    expect(await cache.find(held)).toBeDefined();
    expect((await readFile(name ?? '')).equals(Buffer.alloc(BYTES, 2))).toBe(true);
    await cache.delete(held);
    expect(existsSync(name ?? '')).toBe(true);
    expect(await cache.hold(held, join(folder, 'other'))).toBeUndefined();
  });

  it('that were just asked for stay, beyond the limit if need be, and go when a later sweep finds them idle', async () => {
    const cache = open10(60_000);
    for (let i = 0; i < 15; i++) await add(cache, i);
    expect(await bytesOnDisk()).toBe(15 * BYTES);
    new ObjectCache({ root: join(folder, 'cache'), limit: 10 * BYTES, graceMs: 0, sweepEveryMs: 10 });
    await expect.poll(bytesOnDisk).toBe(9 * BYTES);
  });

  it('of a killed process are cleared away, those of a running download are not', async () => {
    const cache = open10();
    const [abandoned, running] = [await cache.incoming('abandoned'), await cache.incoming('running')];
    for (const file of [abandoned, running]) await writeFile(file, 'half');
    await utimes(abandoned, new Date(0), new Date(0));
    await cache.sweep();
    expect([existsSync(abandoned), existsSync(running)]).toEqual([false, true]);
  });
});
