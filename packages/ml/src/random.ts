/**
 * Seeded pseudo-random numbers: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * 2021), its state filled by SplitMix32 so that neighbouring seeds give unrelated streams. Period 2^128 - 1. The same seed
 * gives the same numbers on every machine. Not for secrets.
 */
export class Random {
  readonly #state = new Uint32Array(4);
  #spareNormal: number | undefined;

  /** `stream` tells apart generators of one seed that must not follow one another, such as one per tree or per user. */
  constructor(seed: number, stream = 0) {
    // Each part is mixed in by itself, so that no two combinations of small numbers meet.
    let mixed = hash32(seed);
    mixed = hash32(mixed + Math.imul(Math.floor(seed / 4294967296), 0x9e3779b1) + 1);
    mixed = hash32(mixed + Math.imul(stream, 0x85ebca6b) + 1);
    for (let at = 0; at < 4; at++) {
      mixed = (mixed + 0x9e3779b9) | 0;
      this.#state[at] = hash32(mixed);
    }
    if (this.#state.every((word) => word === 0)) this.#state[0] = 1;
  }

  /** An integer in 0..2^32-1. */
  uint32(): number {
    const s = this.#state;
    const scrambled = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return scrambled;
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** An integer in 0..bound-1, each equally likely; `bound` from 1 to 2^32. */
  below(bound: number): number {
    const unbiased = 4294967296 - (4294967296 % bound);
    let drawn = this.uint32();
    while (drawn >= unbiased) drawn = this.uint32();
    return drawn % bound;
  }

  /** Mean 0, variance 1 (Marsaglia's polar method). */
  normal(): number {
    const spare = this.#spareNormal;
    if (spare !== undefined) {
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spareNormal = v * factor;
      return u * factor;
    }
  }

  /** Gamma of scale 1 (Marsaglia and Tsang 2000); `shape` above 0. Mean and variance are both `shape`. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Poisson of the given mean, exact; large means are halved by way of a gamma draw (Ahrens and Dieter 1974). */
  poisson(mean: number): number {
    let left = mean;
    let count = 0;
    while (left > 16) {
      const events = Math.floor(0.875 * left);
      const time = this.gamma(events);
      if (time > left) return count + this.#binomial(events - 1, left / time);
      count += events;
      left -= time;
    }
    const limit = Math.exp(-left);
    let product = 1 - this.uniform();
    while (product > limit) {
      count++;
      product *= 1 - this.uniform();
    }
    return count;
  }

  /** Orders the array anew in place, every order equally likely (Fisher and Yates). */
  shuffle<T extends { length: number; [at: number]: unknown }>(array: T): T {
    for (let at = array.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      const kept = array[at];
      array[at] = array[other];
      array[other] = kept;
    }
    return array;
  }

  #binomial(trials: number, probability: number): number {
    let hits = 0;
    for (let trial = 0; trial < trials; trial++) if (this.uniform() < probability) hits++;
    return hits;
  }
}

const rotateLeft = (x: number, bits: number): number => ((x << bits) | (x >>> (32 - bits))) >>> 0;

/** A 32-bit integer that looks random for any input: what picks rows by position without a generator's state. */
export function hash32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
