import { randomUUID } from 'node:crypto';
import {
  access,
  constants,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../errors.ts';
import { asOutage } from '../outage.ts';
import { DirectorySync } from './directory-sync.ts';
import {
  assertKey,
  contentKey,
  hashBytes,
  hashFile,
  type ObjectBody,
  type ObjectStore,
  type StoredObject,
} from './object-store.ts';

const INCOMING = '.incoming';

/** Objects as files below one folder. Any number of processes of one machine may use it at a time. */
export class FileObjectStore implements ObjectStore {
  readonly root: string;
  readonly #sync = new DirectorySync();
  readonly #madeDirectories = new Set<string>();

  constructor(root: string) {
    this.root = root;
  }

  async put(
    key: string,
    body: ObjectBody,
    options: { ifAbsent?: boolean } = {},
  ): Promise<{ created: boolean; bytes: number }> {
    try {
      return await this.#put(key, body, options);
    } catch (error) {
      throw asOutage(error) ?? error;
    }
  }

  async #put(
    key: string,
    body: ObjectBody,
    options: { ifAbsent?: boolean },
  ): Promise<{ created: boolean; bytes: number }> {
    const target = this.#locate(key);
    const directory = dirname(target);
    await this.#makeDirectory(directory);
    const { temporary, bytes } = await this.#bringIn(body);
    try {
      if (options.ifAbsent) {
        // A hard link is the one call that both publishes the whole file and refuses to replace another.
        await link(temporary, target);
        await unlink(temporary);
      } else {
        await rename(temporary, target);
      }
    } catch (error) {
      await rm(temporary, { force: true });
      if (!isCode(error, 'EEXIST')) throw error;
      // The other writer may not have fsynced yet; our answer promises that the object is durable.
      await this.#sync.sync(directory);
      return { created: false, bytes: (await stat(target)).size };
    }
    await this.#sync.sync(directory);
    return { created: true, bytes };
  }

  async putContent(body: ObjectBody): Promise<{ key: string; hash: string; bytes: number }> {
    const hash = body instanceof Uint8Array ? hashBytes(body) : await hashFile(body.file);
    const key = contentKey(hash);
    const known = await stat(this.#locate(key)).catch(() => undefined);
    if (known) return { key, hash, bytes: known.size };
    const { bytes } = await this.put(key, body, { ifAbsent: true });
    return { key, hash, bytes };
  }

  async get(key: string): Promise<Buffer> {
    return readFile(this.#locate(key)).catch((error: unknown) => {
      throw isCode(error, 'ENOENT') ? missing(key) : error;
    });
  }

  async path(key: string): Promise<string> {
    const file = this.#locate(key);
    await stat(file).catch((error: unknown) => {
      throw isCode(error, 'ENOENT') ? missing(key) : error;
    });
    return file;
  }

  async copy(from: string, to: string): Promise<void> {
    const [source, target] = [await this.path(from), this.#locate(to)];
    await this.#makeDirectory(dirname(target));
    const temporary = join(this.root, INCOMING, randomUUID());
    await this.#makeDirectory(dirname(temporary));
    await link(source, temporary);
    await rename(temporary, target);
    // Where both are the same file already, the rename has done nothing.
    await rm(temporary, { force: true });
    await this.#sync.sync(dirname(target));
  }

  async has(key: string): Promise<boolean> {
    return stat(this.#locate(key)).then(
      () => true,
      () => false,
    );
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const base = prefix.replace(/\/$/, '');
    const start = base === '' ? this.root : this.#locate(base);
    const entries = await readdir(start, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return [];
      throw error;
    });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const key = file.slice(this.root.length + 1);
      if (key.startsWith(`${INCOMING}/`)) continue;
      const found = await stat(file).catch(() => undefined);
      if (found) yield { key, bytes: found.size };
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.#locate(key), { force: true });
  }

  async ping(): Promise<void> {
    await this.#makeDirectory(this.root);
    await access(this.root, constants.R_OK | constants.W_OK);
  }

  /** Removes what writers that were killed left behind. Only for the process that owns the folder, before others start. */
  async removeLeftovers(): Promise<void> {
    await rm(join(this.root, INCOMING), { recursive: true, force: true });
    this.#madeDirectories.clear();
  }

  #locate(key: string): string {
    assertKey(key);
    return join(this.root, key);
  }

  async #bringIn(body: ObjectBody): Promise<{ temporary: string; bytes: number }> {
    const incoming = join(this.root, INCOMING);
    await this.#makeDirectory(incoming);
    const temporary = join(incoming, randomUUID());
    if (!(body instanceof Uint8Array)) {
      await rename(body.file, temporary).catch(async (error: unknown) => {
        if (!isCode(error, 'EXDEV')) throw error;
        await copyFile(body.file, temporary);
        await rm(body.file, { force: true });
      });
    }
    const handle = await open(temporary, body instanceof Uint8Array ? 'wx' : 'r+');
    let whole = false;
    try {
      if (body instanceof Uint8Array) await handle.writeFile(body);
      await handle.datasync();
      const { size } = await handle.stat();
      whole = true;
      return { temporary, bytes: size };
    } finally {
      await handle.close();
      // A disk that is full must not be filled up with what did not fit.
      if (!whole) await rm(temporary, { force: true });
    }
  }

  async #makeDirectory(directory: string): Promise<void> {
    if (this.#madeDirectories.has(directory)) return;
    const first = await mkdir(directory, { recursive: true });
    if (first !== undefined) {
      // Each new folder is an entry of its parent, and that entry has to survive as well.
      for (let made = directory; made.length >= first.length; made = dirname(made))
        await this.#sync.sync(dirname(made));
    }
    this.#madeDirectories.add(directory);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function missing(key: string): DomainError {
  return new DomainError('ARTIFACT_MISSING', `The object ${key} is not in the store`, { details: { key } });
}
