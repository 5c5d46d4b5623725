import { type ComputeOptions, ComputeProcess } from './compute-process.ts';

/** Above this a process is not kept for the next job: freed memory does not always go back to the system. */
const KEEP_BELOW_BYTES = 512 * 2 ** 20;

/**
 * Compute processes, one per running job. One idle process is kept warm, so that a job does not wait for Node and the
 * stages' modules to load (about 0.2 s and more).
 */
export class ComputePool {
  readonly #options: ComputeOptions;
  readonly #busy = new Set<ComputeProcess>();
  #warm: ComputeProcess | undefined;
  #closed = false;

  constructor(options: ComputeOptions) {
    this.#options = options;
  }

  /** Starts the idle process if there is none. */
  prepare(): void {
    if (this.#closed || this.#warm?.alive) return;
    this.#warm = new ComputeProcess(this.#options);
  }

  take(): ComputeProcess {
    const process = this.#warm?.alive ? this.#warm : new ComputeProcess(this.#options);
    this.#warm = undefined;
    this.#busy.add(process);
    return process;
  }

  /** Gives a process back. One that was aborted, died or grew is replaced by a fresh one. */
  release(process: ComputeProcess, reusable: boolean): void {
    this.#busy.delete(process);
    if (this.#closed || !reusable || !process.alive || process.rss > KEEP_BELOW_BYTES || this.#warm?.alive) {
      process.kill();
    } else {
      this.#warm = process;
    }
    this.prepare();
  }

  close(): void {
    this.#closed = true;
    this.#warm?.kill();
    for (const process of this.#busy) process.kill();
    this.#busy.clear();
  }
}
