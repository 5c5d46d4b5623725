/** A thread of kernel-threads.ts: serves one team after the other. */
import { parentPort } from 'node:worker_threads';
import { Calls } from './calls.ts';
import type { Joined } from './kernel-threads.ts';

interface Compiled {
  readonly exports: Record<string, (...args: readonly number[]) => void>;
}
const { Instance } = (
  globalThis as unknown as {
    WebAssembly: { Instance: new (module: object, imports: { env: { memory: object } }) => Compiled };
  }
).WebAssembly;

parentPort?.on('message', ({ module, memory, calls, names }: Joined) => {
  const { exports } = new Instance(module, { env: { memory } });
  new Calls(calls).serve((at, args) => exports[names[at]](...args));
});
