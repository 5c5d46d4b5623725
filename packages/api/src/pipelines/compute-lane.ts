import { DomainError } from '../errors.ts';
import type { ComputePool } from './compute-pool.ts';
import type { ComputeProcess, StageListener } from './compute-process.ts';
import type { StageOutcome, StageTask } from './compute-protocol.ts';

/** How often a stage is tried when its failure may pass. */
const MAX_STAGE_ATTEMPTS = 3;
/** First pause before another attempt; each further one is four times as long. */
const FIRST_PAUSE_MS = 200;

/** One compute process at a time for a job, replaced where it has died. */
export class ComputeLane {
  readonly #pool: ComputePool;
  #process: ComputeProcess | undefined;

  constructor(pool: ComputePool) {
    this.#pool = pool;
  }

  /**
   * Runs a stage, and again where its failure may pass.
   *
   * @param onRetry called before each further attempt, with what failed; metrics of the failed attempt are void.
   * @throws what the last attempt threw; the signal's reason once it is aborted.
   */
  async run(
    task: StageTask,
    listener: StageListener,
    signal: AbortSignal,
    timeoutSeconds: number,
    onRetry: (error: DomainError) => Promise<void>,
  ): Promise<StageOutcome> {
    for (let attempt = 1; ; attempt++) {
      if (!this.#process?.alive) {
        this.release(false);
        this.#process = this.#pool.take();
      }
      try {
        return await this.#process.run(task, listener, signal, timeoutSeconds);
      } catch (error) {
        const passing = error instanceof DomainError && error.retryable && !signal.aborted;
        if (!passing || attempt >= MAX_STAGE_ATTEMPTS) throw error;
        await onRetry(error);
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 4 ** (attempt - 1)));
      }
    }
  }

  /** @param reusable false where the process was interrupted: then it is ended. */
  release(reusable: boolean): void {
    if (this.#process) this.#pool.release(this.#process, reusable);
    this.#process = undefined;
  }
}
