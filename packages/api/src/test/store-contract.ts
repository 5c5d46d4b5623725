import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashBytes, type ObjectStore } from '../objects/object-store.ts';

/** What every object store must do; called inside a `describe`. @param open a store that is empty; the folder is its own. */
export function storeContract(open: (folder: string) => ObjectStore): void {
  let folder: string;
  let store: ObjectStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kindred-objects-'));
    store = open(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps the first of two writers of a key when asked not to replace, and says so to the second', async () => {
    const outcomes = await Promise.all(
      ['one', 'two', 'three'].map((text) => store.put('batches/a/offer/1.json', Buffer.from(text), { ifAbsent: true })),
    );
    expect(outcomes.filter((outcome) => outcome.created)).toHaveLength(1);
    const kept = (await store.get('batches/a/offer/1.json')).toString();
    expect(['one', 'two', 'three']).toContain(kept);
    expect(await store.put('batches/a/offer/1.json', Buffer.from('late'), { ifAbsent: true })).toEqual({
      created: false,
      bytes: kept.length,
    });
    expect((await store.get('batches/a/offer/1.json')).toString()).toBe(kept);
  });

  it('keeps equal bytes once, from memory or from a file, under their hash', async () => {
    const file = join(folder, 'scratch.bin');
    await writeFile(file, 'equal');
    const [fromMemory, fromFile] = [await store.putContent(Buffer.from('equal')), await store.putContent({ file })];
    expect(fromFile).toEqual(fromMemory);
    expect(fromMemory.hash).toBe(hashBytes('equal'));
    expect(await readFile(await store.path(fromMemory.key), 'utf8')).toBe('equal');
  });

  it('leaves nothing half-written and lists only whole objects', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => store.put(`batches/v/people/${i}.json`, Buffer.from(`${i}`))),
    );
    const keys = (await Array.fromAsync(store.list('batches/v'))).map((object) => object.key);
    expect(keys).toHaveLength(100);
    expect(await Array.fromAsync(store.list('batches/none'))).toEqual([]);
  });

  it('replaces an object only when asked to', async () => {
    await store.put('reports/latest.json', Buffer.from('old'));
    expect((await store.get('reports/latest.json')).toString()).toBe('old');
    expect(await store.put('reports/latest.json', Buffer.from('newer'))).toEqual({ created: true, bytes: 5 });
    expect((await store.get('reports/latest.json')).toString()).toBe('newer');
  });

  it('forgets what was deleted', async () => {
    const { key } = await store.putContent(Buffer.from('short-lived'));
    expect([await store.has(key), (await store.get(key)).length]).toEqual([true, 11]);
    await store.delete(key);
    expect(await store.has(key)).toBe(false);
    await expect(store.get(key)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it('has the same bytes under a second key, in the place of others, which stay when the first is gone', async () => {
    const bytes = Buffer.from('twice');
    const { key } = await store.putContent(bytes);
    await store.put('dvc/files/md5/ab/cd', Buffer.from('something else'));
    expect((await store.get('dvc/files/md5/ab/cd')).toString()).toBe('something else');
    for (let again = 0; again < 2; again++) await store.copy(key, 'dvc/files/md5/ab/cd');
    expect((await store.get('dvc/files/md5/ab/cd')).equals(bytes)).toBe(true);
    expect((await Array.fromAsync(store.list('dvc'))).map((object) => object.key)).toEqual(['dvc/files/md5/ab/cd']);
    await store.delete(key);
    expect((await store.get('dvc/files/md5/ab/cd')).equals(bytes)).toBe(true);
    await expect(store.copy(key, 'dvc/files/md5/ef/01')).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    expect(await store.has('dvc/files/md5/ef/01')).toBe(false);
    for (const [from, to] of [
      ['../escape', 'a'],
      ['dvc/files/md5/ab/cd', '../escape'],
    ])
      await expect(store.copy(from, to)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each(['../escape', 'a//b', '/etc/passwd', 'a/../b', 'a/.hidden', 'a b', '', 'версия'])(
    'refuses the key %j',
    async (key) => {
      await expect(store.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('names a missing object by its code', async () => {
    await expect(store.get('sha256/00/11')).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    await expect(store.path('sha256/00/11')).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    await expect(store.delete('sha256/00/11')).resolves.toBeUndefined();
  });
}
