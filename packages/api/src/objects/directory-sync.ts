import { open } from 'node:fs/promises';

/**
 * Makes renames durable. A rename survives a power cut only after its directory was fsynced; concurrent callers for one
 * directory share an fsync that starts after they asked, so thousands of small objects cost a few of them.
 */
export class DirectorySync {
  readonly #running = new Map<string, Promise<void>>();
  readonly #queued = new Map<string, Promise<void>>();

  /** Resolves when everything that was renamed into the directory before the call is on disk. */
  sync(directory: string): Promise<void> {
    const queued = this.#queued.get(directory);
    if (queued) return queued;
    const running = this.#running.get(directory);
    if (!running) return this.#start(directory);
    // The running one may have begun before our rename, so it does not cover us; the next one does.
    const next = running
      .catch(() => undefined)
      .then(() => {
        this.#queued.delete(directory);
        return this.#start(directory);
      });
    this.#queued.set(directory, next);
    return next;
  }

  #start(directory: string): Promise<void> {
    const run = fsyncDirectory(directory).finally(() => {
      if (this.#running.get(directory) === run) this.#running.delete(directory);
    });
    this.#running.set(directory, run);
    return run;
  }
}

async function fsyncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
