import { constants, copyFile, link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { md5, md5OfFile } from './md5.ts';
import { listingOf, type Member, type Tracked, trackedFolder } from './tracked.ts';
import { WholeFiles } from './whole-files.ts';

const OBJECTS = 'files/md5';

/** Where DVC has an object of this md5, below a cache or a remote. */
export function objectPath(hash: string): string {
  return `${OBJECTS}/${hash.slice(0, 2)}/${hash.slice(2)}`;
}

/** DVC's cache beside a repository. Its files are hard links to those of our own store where both are on one disk. */
export class DvcCache {
  readonly #root: string;
  readonly #folder: string;
  readonly #files: WholeFiles;

  /** @param root of the repository. */
  constructor(root: string) {
    this.#root = root;
    this.#folder = join(root, '.dvc/cache');
    this.#files = new WholeFiles(root);
  }

  /** Takes in a file, which must never change. */
  async addFile(path: string, file: string): Promise<Tracked> {
    const hash = await md5OfFile(file);
    const { size } = await stat(file);
    await this.#publish(hash, (temporary) => linkOrCopy(file, temporary));
    return { path, md5: hash, size };
  }

  async addBytes(path: string, bytes: Buffer): Promise<Tracked> {
    const hash = md5(bytes);
    await this.#publish(hash, (temporary) => writeFile(temporary, bytes));
    return { path, md5: hash, size: bytes.length };
  }

  /** Takes in the listing of a folder whose members are there. */
  async addFolder(path: string, members: readonly Member[]): Promise<Tracked> {
    const folder = trackedFolder(path, members);
    await this.#publish(folder.md5, (temporary) => writeFile(temporary, listingOf(members)));
    return folder;
  }

  /** Puts an object where the repository has it. */
  async checkOut(path: string, hash: string): Promise<void> {
    const file = join(this.#root, path);
    await mkdir(dirname(file), { recursive: true });
    await linkOrCopy(this.file(hash), file);
  }

  file(hash: string): string {
    return join(this.#folder, objectPath(hash));
  }

  read(hash: string): Promise<Buffer> {
    return readFile(this.file(hash));
  }

  async delete(hash: string): Promise<void> {
    await rm(this.file(hash), { force: true });
  }

  /** Lets go of all objects but these. */
  async keepOnly(hashes: ReadonlySet<string>): Promise<void> {
    const folder = join(this.#folder, OBJECTS);
    for (const path of await readdir(folder, { recursive: true })) {
      const [start, rest] = path.split(sep);
      if (rest !== undefined && !hashes.has(start + rest)) await rm(join(folder, path), { force: true });
    }
  }

  /** Whole or not at all: DVC trusts what it finds. */
  async #publish(hash: string, make: (temporary: string) => Promise<void>): Promise<void> {
    const target = this.file(hash);
    if (await stat(target).catch(() => undefined)) return;
    await mkdir(dirname(target), { recursive: true });
    await this.#files.publish(target, make);
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(async (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Another disk, a file system without links, or a file with as many of them as it can have.
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'EMLINK' && code !== 'ENOTSUP') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  });
}
