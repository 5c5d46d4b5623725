import { type ComputeOptions, ComputeProcess } from './compute-process.ts';

/** Above this a process is not kept for the next job: freed memory does not always go back to the system. */
const KEEP_BELOW_BYTES = 512 * 2 ** 20;

/** Idle processes that are kept: a job's main lane, and the stage that runs ahead of its turn. */
const WARM = 2;

/**
 * Compute processes, one or two per running job. Idle ones are kept warm, so that a job does not wait for Node and the
 * stages' modules to load (about 0.2 s and more).
 */
export class ComputePool {
  readonly #options: ComputeOptions;
  readonly #busy = new Set<ComputeProcess>();
  #warm: ComputeProcess[] = [];
  #closed = false;

  constructor(options: ComputeOptions) {
    this.#options = options;
  }

  /** Starts the idle processes that are missing. */
  prepare(): void {
    if (this.#closed) return;
    this.#warm = this.#warm.filter(({ alive }) => alive);
    while (this.#warm.length < WARM) this.#warm.push(new ComputeProcess(this.#options));
  }

  take(): ComputeProcess {
    const process = this.#warm.find(({ alive }) => alive) ?? new ComputeProcess(this.#options);
    this.#warm = this.#warm.filter((other) => other !== process);
    this.#busy.add(process);
    return process;
  }

  /** Gives a process back. One that was aborted, died or grew is replaced by a fresh one. */
  release(process: ComputeProcess, reusable: boolean): void {
    this.#busy.delete(process);
    if (this.#closed || !reusable || !process.alive || process.rss > KEEP_BELOW_BYTES || this.#warm.length >= WARM) {
      process.kill();
    } else {
      this.#warm.push(process);
    }
    if (this.#busy.size === 0) this.prepare();
  }

  close(): void {
    this.#closed = true;
    for (const process of this.#warm) process.kill();
    for (const process of this.#busy) process.kill();
    this.#busy.clear();
  }
}
