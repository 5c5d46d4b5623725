import { FIRST_ADDRESS } from './wasm-module.ts';

/** Hands out places of a kernel's memory one after the other, each at a multiple of 64 bytes. */
export class MemoryPlan {
  bytes = FIRST_ADDRESS;

  place(bytes: number): number {
    const at = this.bytes;
    this.bytes += Math.ceil(bytes / 64) * 64;
    return at;
  }
}

/**
 * Beside what a method holds at a time, arrays and lists that it has let go of: measured, V8 lets them grow to about so much before it
 * collects them (`pnpm bench clustering-forecast`).
 */
export const uncollectedBytes = (rows: number): number => Math.min(24_000_000, 10_000 * rows);
