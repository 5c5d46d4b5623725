/** A thread of kernel-threads.ts: serves one team after the other. */
import { parentPort } from 'node:worker_threads';
import { Calls, type Export } from './calls.ts';
import type { Joined } from './kernel-threads.ts';
import { letGoOf, releaseMemory } from './shared-memory-release.ts';

interface WebAssemblyApi {
  Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: Record<string, Export> };
}
const { Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

function serve({ module, memory, calls, names }: Joined): void {
  let exports: Record<string, Export>;
  try {
    ({ exports } = new Instance(module, { env: { memory } }));
  } catch {
    // No room for another instance: the others do its share.
    return;
  }
  new Calls(calls).serve(names.map((name) => exports[name]));
  letGoOf(memory.buffer.byteLength);
}

parentPort?.on('message', (joined: Joined) => {
  serve(joined);
  setImmediate(releaseMemory);
});
