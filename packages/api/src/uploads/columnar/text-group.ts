/** The different texts of a column in one group of rows, numbered as they come: a hash table over bytes. */
export class TextGroup {
  /** Different texts so far. */
  size = 0;
  #slots = new Int32Array(64).fill(-1);
  #hashes = new Int32Array(32);
  #ends = new Int32Array(32);
  #counts = new Int32Array(32);
  #pool: Buffer = Buffer.allocUnsafe(512);
  #used = 0;

  /** @returns the text's number. */
  add(b: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ b[i], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot];
      if (code === -1) return this.#insert(b, from, to, hash, slot);
      if (this.#hashes[code] === hash && this.#equal(code, b, from, to)) {
        this.#counts[code]++;
        return code;
      }
    }
  }

  /** How many rows have it. */
  count(code: number): number {
    return this.#counts[code];
  }

  /** Of the text's bytes, 32 bits. */
  hash(code: number): number {
    return this.#hashes[code];
  }

  text(code: number): string {
    return this.#pool.toString('utf8', code === 0 ? 0 : this.#ends[code - 1], this.#ends[code]);
  }

  get bytes(): Buffer {
    return this.#pool.subarray(0, this.#used);
  }

  get lengths(): Int32Array {
    return Int32Array.from({ length: this.size }, (_, code) =>
      code === 0 ? this.#ends[0] : this.#ends[code] - this.#ends[code - 1],
    );
  }

  clear(): void {
    this.size = 0;
    this.#used = 0;
    this.#slots.fill(-1);
  }

  #insert(b: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const code = this.size++;
    if (code === this.#ends.length) {
      this.#hashes = longer(this.#hashes);
      this.#ends = longer(this.#ends);
      this.#counts = longer(this.#counts);
    }
    const length = to - from;
    if (this.#used + length > this.#pool.length) {
      const pool = Buffer.allocUnsafe(Math.max(2 * this.#pool.length, this.#used + length));
      this.#pool.copy(pool, 0, 0, this.#used);
      this.#pool = pool;
    }
    this.#pool.set(b.subarray(from, to), this.#used);
    this.#used += length;
    this.#ends[code] = this.#used;
    this.#hashes[code] = hash;
    this.#counts[code] = 1;
    this.#slots[slot] = code;
    if (2 * this.size > this.#slots.length) this.#rehash();
    return code;
  }

  #equal(code: number, b: Uint8Array, from: number, to: number): boolean {
    const start = code === 0 ? 0 : this.#ends[code - 1];
    if (this.#ends[code] - start !== to - from) return false;
    for (let i = from; i < to; i++) if (b[i] !== this.#pool[start + i - from]) return false;
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      let slot = this.#hashes[code] & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}

function longer(old: Int32Array): Int32Array<ArrayBuffer> {
  const array = new Int32Array(2 * old.length);
  array.set(old);
  return array;
}
