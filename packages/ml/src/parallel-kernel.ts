import type { Threads } from './threads.ts';
import { instantiateShared } from './wasm-module.ts';

/** Compiled code over a memory that threads share. */
export interface ParallelKernel<Exports> {
  readonly exports: Exports;
  /** Shared; views of it may be kept, it never grows. */
  readonly buffer: ArrayBufferLike;
  /** One call of the export for each list of arguments, on all threads; returns when all have ended. */
  run(name: keyof Exports & string, calls: readonly (readonly number[])[]): void;
  /** Must be called when done with it, or the threads wait for its calls for ever. */
  close(): void;
}

/**
 * An instance of a module that was compiled with `shared: true` (wasm/compile.ts), over `bytes` zeros.
 * @returns undefined where it cannot run here: no SIMD or threads in WebAssembly, or more memory than it can address.
 */
export function parallelKernel<Exports extends object>(
  base64: string,
  bytes: number,
  threads: Threads | undefined,
): ParallelKernel<Exports> | undefined {
  const instance = instantiateShared<Exports>(base64, bytes);
  if (!instance) return undefined;
  const { exports, buffer, module, memory } = instance;
  const team = threads?.join(module, memory);
  return {
    exports,
    buffer,
    run(name, calls) {
      if (team && threads && threads.count > 1 && calls.length > 1) team.run(name, calls);
      else for (const args of calls) (exports[name] as (...args: readonly number[]) => void)(...args);
    },
    close: () => team?.leave(),
  };
}

/** Ranges of about equal size, several for each thread so that none waits long for the last one: [from, to) of each. */
export function ranges(count: number, threads: Threads | undefined, least = 256): (readonly [number, number])[] {
  const wanted = threads && threads.count > 1 ? threads.count * 4 : 1;
  const size = Math.max(least, Math.ceil(count / wanted));
  const parts: (readonly [number, number])[] = [];
  for (let from = 0; from < count; from += size) parts.push([from, Math.min(count, from + size)]);
  return parts;
}
