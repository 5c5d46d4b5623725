/** A ranker's desk in a worker thread: the views are copied to it, the version's arrays are shared. */
import { Worker } from 'node:worker_threads';
import type { ModelView } from './audience.ts';
import type { Desk, DeskResult } from './ranker-desk.ts';
import type { RankerSettings } from './train-ranker.ts';
import type { Cut } from './training-plan.ts';

export interface DeskThreadData {
  readonly world: SharedArrayBuffer;
  readonly settings: RankerSettings;
}

export type DeskRequest =
  | { readonly kind: 'ask' | 'judge'; readonly modelView: ModelView; readonly cut: Cut }
  | { readonly kind: 'fitJudged' | 'finish' };

export class DeskThread implements Desk {
  readonly #worker: Worker;
  readonly #failed: Promise<never>;

  constructor(data: DeskThreadData) {
    this.#worker = new Worker(new URL('./desk.worker.ts', import.meta.url), { workerData: data });
    this.#failed = new Promise((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', () => reject(new Error('The thread of the ranker ended.')));
    });
    this.#failed.catch(() => undefined);
  }

  ask(modelView: ModelView, cut: Cut): void {
    this.#send({ kind: 'ask', modelView, cut });
  }

  fitJudged(): void {
    this.#send({ kind: 'fitJudged' });
  }

  judge(modelView: ModelView, cut: Cut): void {
    this.#send({ kind: 'judge', modelView, cut });
  }

  /** Rejects with what went wrong in any request before. */
  async finish(): Promise<DeskResult> {
    const result = new Promise<DeskResult>((resolve) => this.#worker.once('message', resolve));
    this.#send({ kind: 'finish' });
    return Promise.race([result, this.#failed]);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(request: DeskRequest): void {
    this.#worker.postMessage(request);
  }
}
