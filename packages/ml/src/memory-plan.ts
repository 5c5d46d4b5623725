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
