import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from './errors.ts';
import { FileObjectStore } from './objects/file-store.ts';
import { asOutage } from './outage.ts';

const withCode = (code: string, message = 'of a driver') => Object.assign(new Error(message), { code });

describe('an outage', () => {
  it.each([
    ['a server that is gone', withCode('ECONNREFUSED'), 'STORE_UNAVAILABLE'],
    ['PostgreSQL that shuts down', withCode('57P01'), 'STORE_UNAVAILABLE'],
    ['PostgreSQL that starts', withCode('57P03'), 'STORE_UNAVAILABLE'],
    ['a connection that broke', withCode('08006'), 'STORE_UNAVAILABLE'],
    ['the same without a code', new Error('Connection terminated unexpectedly'), 'STORE_UNAVAILABLE'],
    ['one within others', new Error('outer', { cause: withCode('ECONNRESET') }), 'STORE_UNAVAILABLE'],
    ['a full disk', withCode('ENOSPC'), 'STORAGE_FULL'],
    ['a full disk of PostgreSQL', withCode('53100'), 'STORAGE_FULL'],
    [
      'a session that PostgreSQL ended, since its disk is full',
      Object.assign(withCode('XX000', 'could not write init file'), { severity: 'FATAL' }),
      'STORE_UNAVAILABLE',
    ],
    ['one that DuckDB met', new Error('IO Error: Could not write file: No space left on device'), 'STORAGE_FULL'],
  ])('is %s', (_name, error, code) => {
    expect(asOutage(error)).toMatchObject({ code, retryable: true });
  });

  it.each([
    ['a unique key', withCode('23505')],
    ['what PostgreSQL found wrong inside of itself', Object.assign(withCode('XX000'), { severity: 'ERROR' })],
    ['a bug', new TypeError('x is not a function')],
    ['a refusal that a broken connection led to', new DomainError('CONFLICT', 'no', { cause: withCode('EPIPE') })],
    ['no error at all', undefined],
  ])('is not %s', (_name, error) => {
    expect(asOutage(error)).toBeUndefined();
  });
});

/** Only root may mount a disk small enough to be filled: SKIPPED for others. */
describe.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')('a disk that is full', () => {
  let disk: string;
  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'kindred-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  });
  afterAll(() => {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  it('refuses an object by name, keeps nothing of it, and takes it when there is room', async () => {
    const store = new FileObjectStore(join(disk, 'objects'));
    const filler = join(disk, 'filler');
    writeFileSync(filler, Buffer.alloc(700_000));
    const body = randomBytes(600_000);
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(store.put('batches/1.json', body, { ifAbsent: true })).rejects.toMatchObject({
        code: 'STORAGE_FULL',
      });
    }
    expect(await store.has('batches/1.json')).toBe(false);
    expect(readdirSync(join(disk, 'objects/.incoming'))).toEqual([]);
    rmSync(filler);
    expect(await store.put('batches/1.json', body, { ifAbsent: true })).toMatchObject({ created: true });
    expect((await store.get('batches/1.json')).equals(body)).toBe(true);
  });
});
