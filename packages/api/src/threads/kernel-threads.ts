/** Worker threads for the compiled kernels of packages/ml; see its threads.ts for the promises. */
import { Worker } from 'node:worker_threads';
import type { Team, Threads } from '@kindred/ml/threads.ts';
import { CALLS_BYTES, Calls, MOST_CALLS } from './calls.ts';

export interface Joined {
  readonly module: object;
  readonly memory: object;
  readonly calls: SharedArrayBuffer;
  readonly names: readonly string[];
}

interface WebAssemblyApi {
  Module: { exports(module: object): readonly { readonly name: string; readonly kind: string }[] };
  Instance: new (
    module: object,
    imports: { env: { memory: object } },
  ) => { readonly exports: Record<string, (...args: readonly number[]) => void> };
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

  join(module: object, memory: object): Team {
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
    return {
      run(name, parts) {
        const at = names.indexOf(name);
        for (let from = 0; from < parts.length; from += MOST_CALLS)
          list.run(at, parts.slice(from, from + MOST_CALLS), (args) => exports[name](...args));
      },
      leave: () => list.leave(),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }
}
