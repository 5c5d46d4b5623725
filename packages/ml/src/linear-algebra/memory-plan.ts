import { FIRST_ADDRESS } from '../wasm-module.ts';

/** Places of arrays in a memory that is made afterwards; each at a multiple of 64 bytes. */
export class MemoryPlan {
  #bytes = FIRST_ADDRESS;

  /** Address of that many bytes. */
  take(bytes: number): number {
    const address = Math.ceil(this.#bytes / 64) * 64;
    this.#bytes = address + bytes;
    return address;
  }

  /** Address of that many f64. */
  numbers(count: number): number {
    return this.take(8 * count);
  }

  get bytes(): number {
    return this.#bytes;
  }
}

/** The next multiple of four: the width of tiles. */
export const toFours = (count: number): number => Math.ceil(count / 4) * 4;
