import { Worker } from 'node:worker_threads';
import { DomainError, type ErrorRecord, fromErrorRecord } from '../errors.ts';
import { badTable } from './bad-table.ts';
import type { Conversion, ConvertedTable, TellProgress } from './convert-table.ts';

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly message: string }
  | { readonly kind: 'done'; readonly table: ConvertedTable }
  | { readonly kind: 'failed'; readonly error: ErrorRecord };

/** Two, so that a small file need not wait for a large one; more would only slow each other, and the serving loop. */
const THREADS = 2;
/** Of JavaScript objects; the arrays lie outside, and are bounded by what is done with them. */
const HEAP_MB = 512;

/** Reads uploaded files in threads of their own, never on the loop that serves; each file gets a new one and gives all memory back. */
export class TableThreads {
  #free = THREADS;
  readonly #waiting: (() => void)[] = [];
  readonly #running = new Set<Worker>();
  #closed = false;

  /** @throws DomainError BAD_TABLE; STORE_UNAVAILABLE when the service stops meanwhile. */
  async convert(conversion: Conversion, tell: TellProgress): Promise<ConvertedTable> {
    if (this.#free === 0) {
      tell(0, 'waiting for other uploads');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#free--;
    }
    try {
      return await this.#run(conversion, tell);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running].map((worker) => worker.terminate()));
  }

  #run(conversion: Conversion, tell: TellProgress): Promise<ConvertedTable> {
    if (this.#closed) return Promise.reject(stopping());
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./table.worker.ts', import.meta.url), {
        workerData: conversion,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      });
      this.#running.add(worker);
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'progress') tell(message.done, message.message);
        else if (message.kind === 'done') resolve(message.table);
        else reject(fromErrorRecord(message.error));
      });
      worker.on('error', (error: Error & { code?: string }) => {
        if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') reject(error);
        else
          reject(badTable('the table takes more memory than there is for one; upload fewer columns or shorter texts'));
      });
      worker.on('exit', () => {
        this.#running.delete(worker);
        // Of an answer that came before, this changes nothing.
        reject(stopping());
      });
    });
  }
}

const stopping = () => new DomainError('STORE_UNAVAILABLE', 'The service is stopping; upload the file again');
