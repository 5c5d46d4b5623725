import { type ParallelKernel, parallelKernel } from '../parallel-kernel.ts';
import type { Threads } from '../threads.ts';
import { WASM_BASE64 } from './kernel.generated.ts';
import { scriptedExports } from './scripted-kernel.ts';

/** Of wasm/linear-algebra.ts; addresses in bytes. */
export interface LinearAlgebraExports {
  center(x: number, width: number, rows: number, means: number): void;
  centeredGram(x: number, width: number, rows: number, means: number, out: number, sums: number): void;
  centeredProduct(task: number, from: number, to: number, means: number): void;
  gram(x: number, width: number, rows: number, out: number): void;
  product(task: number, from: number, to: number): void;
}

/** Compiled where possible, otherwise in TypeScript with the same results. `bytes` zeros. */
export function createKernel(bytes: number, threads: Threads | undefined): ParallelKernel<LinearAlgebraExports> {
  const compiled = parallelKernel<LinearAlgebraExports>(WASM_BASE64, bytes, threads);
  if (compiled) return compiled;
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  const exports = scriptedExports(buffer);
  return {
    exports,
    buffer,
    run(name, calls) {
      for (const args of calls) (exports[name] as (...args: readonly number[]) => void)(...args);
    },
    close: () => {},
  };
}
