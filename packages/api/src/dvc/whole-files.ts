import { randomUUID } from 'node:crypto';
import { promises } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where files lie until they are whole: on the disk of the repository, and looked into by neither git nor DVC. */
const INCOMING = '.git/incoming';

/**
 * Puts files into a repository whole or not at all: whoever is killed while writing leaves them in one folder, which the next
 * writer empties. isomorphic-git itself writes in place, and takes any object that is there for a good one.
 */
export class WholeFiles {
  readonly #folder: string;

  /** @param root of the repository. */
  constructor(root: string) {
    this.#folder = join(root, INCOMING);
  }

  /** @param make writes the file under a name that nobody else has. The folder of `target` must be there. */
  async publish(target: string, make: (temporary: string) => Promise<void>): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const temporary = join(this.#folder, randomUUID());
    try {
      await make(temporary);
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** The file system as isomorphic-git wants it. */
  get fs() {
    return { promises: { ...promises, writeFile: this.#write.bind(this) } };
  }

  /** Removes what writers left that were killed. Only for the one who writes. */
  async removeLeftovers(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #write(
    file: string,
    content: string | Uint8Array,
    options?: BufferEncoding | { mode?: number },
  ): Promise<void> {
    const given = typeof options === 'string' ? { encoding: options } : options;
    await this.publish(file, (temporary) => writeFile(temporary, content, { ...given, flush: true }));
  }
}
