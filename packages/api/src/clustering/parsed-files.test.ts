import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FileObjectStore } from '../objects/file-store.ts';
import { parsedFile } from './parsed-files.ts';

it('files are parsed once while there is room for what was asked for last, and a file that is wrong each time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-parsed-'));
  try {
    const core = { objects: new FileObjectStore(folder) };
    const parsed: number[] = [];
    const size = (bytes: Uint8Array) => {
      parsed.push(bytes[0]);
      if (bytes[0] === 9) throw new Error('wrong');
      return { first: bytes[0] };
    };
    const keys = await Promise.all(
      [1, 2, 3, 9].map(async (first) => (await core.objects.putContent(Buffer.alloc(30 * 2 ** 20, first))).key),
    );
    const ask = (at: number) => parsedFile(core, keys[at], size);
    expect(await ask(0)).toBe(await ask(0));
    await ask(1);
    await ask(0);
    // Room for two of them: the second is the one that nobody asked for since.
    await ask(2);
    await ask(0);
    expect(parsed).toEqual([1, 2, 3]);
    await ask(1);
    expect(parsed).toEqual([1, 2, 3, 2]);
    for (const _ of [1, 2]) await expect(ask(3)).rejects.toThrow('wrong');
    expect(parsed).toEqual([1, 2, 3, 2, 9, 9]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
