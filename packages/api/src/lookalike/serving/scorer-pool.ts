/** A few worker threads that score. Requests of one route go to one worker, so that what they need is built once. */
import { Worker } from 'node:worker_threads';
import { fromErrorRecord } from '../../errors.ts';
import type { ProfileChanges, ScoredAudience, ScoredMember, ScorerReply, ScorerRequest } from './messages.ts';

interface Waiting {
  readonly resolve: (reply: ScorerReply) => void;
  readonly reject: (error: Error) => void;
  readonly worker: number;
}

interface Loaded {
  readonly world: SharedArrayBuffer;
  readonly model: SharedArrayBuffer;
}

export class ScorerPool {
  readonly #workers: Worker[] = [];
  readonly #waiting = new Map<number, Waiting>();
  readonly #loaded = new Map<number, Loaded>();
  #nextId = 1;
  #closed = false;

  constructor(size: number) {
    for (let at = 0; at < size; at++) this.#start(at);
  }

  get size(): number {
    return this.#workers.length;
  }

  load(generation: number, loaded: Loaded): void {
    this.#loaded.set(generation, loaded);
    for (const worker of this.#workers) send(worker, { kind: 'load', generation, ...loaded });
  }

  /** Resolves when every worker has the view that offers still to come are seen from, or has failed to make it. */
  async prepare(generation: number): Promise<void> {
    const all = this.#workers.map((_, route) => this.#ask(route, (id) => ({ kind: 'prepare', id, generation })));
    await Promise.allSettled(all);
  }

  drop(generation: number): void {
    this.#loaded.delete(generation);
    for (const worker of this.#workers) send(worker, { kind: 'drop', generation });
  }

  async audience(route: number, generation: number, offer: number, reasonsFor: number): Promise<ScoredAudience> {
    const reply = await this.#ask(route, (id) => ({ kind: 'audience', id, generation, offer, reasonsFor }));
    if ('audience' in reply) return reply.audience;
    throw failureOf(reply);
  }

  async member(
    route: number,
    generation: number,
    offer: number,
    user: number,
    changes: ProfileChanges,
  ): Promise<ScoredMember> {
    const reply = await this.#ask(route, (id) => ({ kind: 'member', id, generation, offer, user, changes }));
    if ('member' in reply) return reply.member;
    throw failureOf(reply);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #ask(route: number, build: (id: number) => ScorerRequest): Promise<ScorerReply> {
    const worker = Math.abs(route) % this.#workers.length;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, worker });
      send(this.#workers[worker], build(id));
    });
  }

  /** A worker that dies fails what it was asked and is replaced, with everything loaded again. */
  #start(at: number): void {
    const worker = new Worker(new URL('./scorer-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', (reply: ScorerReply) => {
      this.#waiting.get(reply.id)?.resolve(reply);
      this.#waiting.delete(reply.id);
    });
    const fail = (error: Error) => {
      for (const [id, waiting] of this.#waiting) {
        if (waiting.worker !== at) continue;
        this.#waiting.delete(id);
        waiting.reject(error);
      }
    };
    worker.on('error', fail);
    worker.on('exit', () => {
      if (this.#closed) return;
      fail(new Error('A scorer stopped.'));
      this.#start(at);
    });
    this.#workers[at] = worker;
    for (const [generation, loaded] of this.#loaded) send(worker, { kind: 'load', generation, ...loaded });
  }
}

function failureOf(reply: ScorerReply): Error {
  return 'error' in reply ? fromErrorRecord(reply.error) : new Error('The scorer answered another question.');
}

const send = (worker: Worker, request: ScorerRequest) => worker.postMessage(request);
