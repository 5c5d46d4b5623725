import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertKey } from './object-store.ts';

/** Downloads that a killed process left behind. */
const ABANDONED_MS = 3600_000;
/** A file that was asked for this recently stays: whoever asked may not have opened it yet. */
const GRACE_MS = 15_000;
/** How far a sweep goes below the limit, so that the next one is some way off. */
const SWEEP_TO = 0.9;
/** What may be added before the folder is looked at again: other processes add to it too. */
const LOOK_AFTER = 0.05;
const INCOMING = '.incoming';

export interface ObjectCacheOptions {
  readonly root: string;
  /** Bytes. What is in use may go beyond it. */
  readonly limit: number;
  readonly graceMs?: number;
  /** Looks after the folder all the time, also for processes that end: one of those that share it does. */
  readonly sweepEveryMs?: number | undefined;
}

/**
 * Local copies of objects, for all processes that share the folder. Beyond the limit those go that were not asked for the longest.
 * Removing a file that somebody has open or mapped is harmless to them; one that is held by a second name stays.
 */
export class ObjectCache {
  readonly #root: string;
  readonly #limit: number;
  readonly #graceMs: number;
  /** Bytes since the last sweep; infinite before the first, because nobody knows what was there. */
  #added = Number.POSITIVE_INFINITY;
  #sweeping: Promise<void> | undefined;

  constructor({ root, limit, graceMs = GRACE_MS, sweepEveryMs }: ObjectCacheOptions) {
    this.#root = root;
    this.#limit = limit;
    this.#graceMs = graceMs;
    // What cannot be swept now fails the next time too, and then somebody sees a full disk; nobody waits for it.
    if (sweepEveryMs !== undefined) setInterval(() => void this.sweep().catch(() => undefined), sweepEveryMs).unref();
  }

  /** The copy, if it is here; it counts as used now. */
  async find(key: string): Promise<string | undefined> {
    const file = this.#locate(key);
    const now = new Date();
    return utimes(file, now, now).then(
      () => file,
      () => undefined,
    );
  }

  /** Bytes of the copy, if it is here. */
  async read(key: string): Promise<Buffer | undefined> {
    const file = await this.find(key);
    return file === undefined ? undefined : readFile(file).catch(onlyMissing);
  }

  /** The copy under a second name in the folder, which keeps it until that is removed; undefined where it is not here. */
  async hold(key: string, folder: string): Promise<string | undefined> {
    const name = join(folder, key.replaceAll('/', '-'));
    await mkdir(folder, { recursive: true });
    return link(this.#locate(key), name).then(
      () => name,
      async (error: unknown) => {
        if (isCode(error, 'EEXIST')) return name;
        if (isCode(error, 'EXDEV')) return copyFile(this.#locate(key), name).then(() => name, onlyMissing);
        return onlyMissing(error);
      },
    );
  }

  /** Where a download is written before it is whole. */
  async incoming(name: string): Promise<string> {
    await mkdir(join(this.#root, INCOMING), { recursive: true });
    return join(this.#root, INCOMING, name);
  }

  /** Takes over a whole file as the copy of the object. It can be fetched again, so nothing here is fsynced. */
  async adopt(key: string, file: string): Promise<void> {
    const target = this.#locate(key);
    const { size } = await stat(file);
    await mkdir(dirname(target), { recursive: true });
    await rename(file, target);
    this.#added += size;
    if (this.#added > this.#limit * LOOK_AFTER) await this.sweep();
  }

  async delete(key: string): Promise<void> {
    await rm(this.#locate(key), { force: true });
  }

  /** Brings the folder below the limit, as far as what is in it may go. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async #sweep(): Promise<void> {
    this.#added = 0;
    const now = Date.now();
    const files: { file: string; bytes: number; usedAt: number; held: boolean }[] = [];
    const entries = await readdir(this.#root, { withFileTypes: true, recursive: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const found = await stat(file).catch(() => undefined);
      if (!found) continue;
      if (entry.parentPath !== join(this.#root, INCOMING)) {
        files.push({ file, bytes: found.size, usedAt: found.mtimeMs, held: found.nlink > 1 });
      } else if (now - found.mtimeMs > ABANDONED_MS) {
        await rm(file, { force: true });
      }
    }
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= this.#limit) return;
    files.sort((a, b) => a.usedAt - b.usedAt);
    for (const { file, bytes, usedAt, held } of files) {
      if (total <= this.#limit * SWEEP_TO) return;
      if (held || now - usedAt < this.#graceMs) continue;
      await rm(file, { force: true });
      total -= bytes;
    }
  }

  #locate(key: string): string {
    assertKey(key);
    return join(this.#root, key);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function onlyMissing(error: unknown): undefined {
  if (!isCode(error, 'ENOENT')) throw error;
}
