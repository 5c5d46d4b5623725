import { Worker } from 'node:worker_threads';
import { DomainError, type ErrorRecord, fromErrorRecord } from '../../errors.ts';
import type { CheckedBatch } from './envelope.ts';

export type EnvelopeTask = { id: number; body: Uint8Array<ArrayBuffer> } & (
  | { kind: 'check' }
  | { kind: 'compare'; other: Uint8Array<ArrayBuffer> }
);

export type EnvelopeAnswer =
  | { id: number; ok: true; value: CheckedBatch | boolean }
  | { id: number; ok: false; error: ErrorRecord };

interface Waiting {
  resolve(value: CheckedBatch | boolean): void;
  reject(error: Error): void;
}

interface Member {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

/** A few worker threads that check bodies; each task goes to the one with the fewest at hand. */
export class EnvelopePool {
  readonly #members: Member[] = [];
  #nextId = 1;
  #closed = false;

  /** @param size two by default: parsing one body of 5,000 records takes milliseconds, so two keep up with any network. */
  constructor(size = 2) {
    for (let i = 0; i < size; i++) this.#members.push(this.#hire());
  }

  /** Takes the body over: its memory is gone for the caller. @throws DomainError INVALID_INPUT */
  async check(body: Uint8Array<ArrayBuffer>): Promise<CheckedBatch> {
    return (await this.#run({ kind: 'check', id: this.#nextId++, body }, [body.buffer])) as CheckedBatch;
  }

  /** Whether two checked bodies hold deeply equal records, whatever the order of keys and the blanks. */
  async sameRecords(body: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>): Promise<boolean> {
    return (await this.#run({ kind: 'compare', id: this.#nextId++, body, other }, [])) as boolean;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#members.map((member) => member.worker.terminate()));
  }

  #run(task: EnvelopeTask, transfer: ArrayBuffer[]): Promise<CheckedBatch | boolean> {
    if (this.#closed) return Promise.reject(new DomainError('STORE_UNAVAILABLE', 'The service is stopping'));
    const member = this.#members.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    return new Promise((resolve, reject) => {
      member.waiting.set(task.id, { resolve, reject });
      try {
        member.worker.postMessage(task, transfer);
      } catch (error) {
        member.waiting.delete(task.id);
        reject(error);
      }
    });
  }

  #hire(): Member {
    const worker = new Worker(new URL('./envelope.worker.ts', import.meta.url));
    const member: Member = { worker, waiting: new Map() };
    worker.on('message', (answer: EnvelopeAnswer) => {
      const waiting = member.waiting.get(answer.id);
      member.waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.value);
      else waiting?.reject(fromErrorRecord(answer.error));
    });
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      // Out of memory on one body must not take the service along: its senders may try again, a new worker goes on.
      const error = new DomainError(
        'STORE_UNAVAILABLE',
        'The batch could not be read; send it again, in smaller parts',
      );
      for (const waiting of member.waiting.values()) waiting.reject(error);
      const position = this.#members.indexOf(member);
      if (!this.#closed) this.#members[position] = this.#hire();
    });
    // Idle workers must not keep the process alive.
    worker.unref();
    return member;
  }
}
