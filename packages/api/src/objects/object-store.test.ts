import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeContract } from '../test/store-contract.ts';
import { FileObjectStore } from './file-store.ts';

describe('the store on files', () => storeContract((folder) => new FileObjectStore(join(folder, 'objects'))));

it('files that a killed writer left are removed at the next start, whole objects are not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-objects-'));
  const store = new FileObjectStore(folder);
  await store.put('batches/v/offer/1.json', Buffer.from('whole'));
  await writeFile(join(folder, '.incoming', 'half'), 'ha');
  await store.removeLeftovers();
  expect((await Array.fromAsync(store.list(''))).map((object) => object.key)).toEqual(['batches/v/offer/1.json']);
  await store.put('batches/v/offer/2.json', Buffer.from('next'));
  expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  await rm(folder, { recursive: true });
});
