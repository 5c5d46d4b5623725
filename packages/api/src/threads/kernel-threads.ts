/** Worker threads for the compiled kernels of packages/ml; see its threads.ts for the promises. */
import { Worker } from 'node:worker_threads';
import type { Team, Threads } from '@kindred/ml/threads.ts';
import { CALLS_BYTES, Calls, type Export, MOST_ARGUMENTS, MOST_CALLS } from './calls.ts';
import { letGoOf, releaseMemory } from './shared-memory-release.ts';

export interface Joined {
  readonly module: object;
  readonly memory: { readonly buffer: ArrayBufferLike };
  readonly calls: SharedArrayBuffer;
  readonly names: readonly string[];
}

interface WebAssemblyApi {
  Module: { exports(module: object): readonly { readonly name: string; readonly kind: string }[] };
  Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: Record<string, Export> };
}
const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

/**
 * For use in a compute process or a worker: its calls block the thread that makes them. Threads start with the first team; one
 * team is joined at a time.
 */
export class KernelThreads implements Threads {
  readonly count: number;
  readonly #workers: Worker[] = [];

  /** @param count threads that may run at once, the caller's included. */
  constructor(count: number) {
    this.count = Math.max(1, Math.floor(count));
  }

  join(module: object, memory: { readonly buffer: ArrayBufferLike }): Team {
    releaseMemory();
    while (this.#workers.length < this.count - 1) {
      const worker = new Worker(new URL('./kernel.worker.ts', import.meta.url));
      worker.unref();
      this.#workers.push(worker);
    }
    const calls = new SharedArrayBuffer(CALLS_BYTES);
    const names = Module.exports(module)
      .filter(({ kind }) => kind === 'function')
      .map(({ name }) => name);
    const joined: Joined = { module, memory, calls, names };
    for (const worker of this.#workers) worker.postMessage(joined);
    const list = new Calls(calls);
    const { exports } = new Instance(module, { env: { memory } });
    const functions = names.map((name) => exports[name]);
    return {
      run(name, parts) {
        const at = names.indexOf(name);
        if (at < 0) throw new Error(`The module exports no function ${name}.`);
        if (parts.some((args) => args.length > MOST_ARGUMENTS)) throw new Error(`Too many arguments for ${name}.`);
        for (let from = 0; from < parts.length; from += MOST_CALLS)
          list.run(at, parts.length > MOST_CALLS ? parts.slice(from, from + MOST_CALLS) : parts, functions);
      },
      leave() {
        list.leave();
        letGoOf(memory.buffer.byteLength);
        setImmediate(releaseMemory).unref();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }
}
