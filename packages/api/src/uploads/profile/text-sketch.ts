import type { TextGroup } from '../columnar/text-group.ts';

export interface TopValue {
  readonly value: string;
  readonly count: number;
}

const SHOWN_LENGTH = 100;
/** Of so many smallest hashes the number of texts is told with a standard error of 3 %. */
const HASHES = 1024;

/**
 * Counts the texts of a column in bounded memory. Up to a limit of different texts all is exact. Beyond it the most frequent ones are
 * kept as in the summaries of Misra and Gries (1982), merged as by Agarwal et al. (2012), so that a count is too low by at most
 * rows / limit; and the number of texts is estimated from the smallest of their hashes (Bar-Yossef et al., 2002).
 */
export class TextSketch {
  /** Whether counts and number of texts are exact. */
  exact = true;
  readonly #limit: number;
  readonly #counts = new Map<string, number>();
  readonly #hashes = new Uint32Array(HASHES);
  #hashed = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(group: TextGroup): void {
    for (let code = 0; code < group.size; code++) {
      this.#addHash(mixed(group.hash(code)));
      const text = group.text(code);
      const key = text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…${group.hash(code)}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + group.count(code));
    }
    if (this.#counts.size > this.#limit) this.#shrink();
  }

  /** How many different texts there are, exactly or nearly. */
  get distinct(): number {
    if (this.exact) return this.#counts.size;
    if (this.#hashed < HASHES) return this.#hashed;
    return Math.round((HASHES - 1) / ((this.#hashes[HASHES - 1] + 1) / 2 ** 32));
  }

  /** The most frequent texts, and how often they occur, at least. */
  top(count: number): TopValue[] {
    return [...this.#counts]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, count)
      .map(([key, times]) => ({
        value: key.length <= SHOWN_LENGTH ? key : `${key.slice(0, SHOWN_LENGTH)}…`,
        count: times,
      }));
  }

  #shrink(): void {
    this.exact = false;
    const counts = Float64Array.from(this.#counts.values()).sort();
    const cut = counts[counts.length - 1 - this.#limit];
    for (const [key, count] of this.#counts) {
      if (count > cut) this.#counts.set(key, count - cut);
      else this.#counts.delete(key);
    }
  }

  /** Keeps the smallest, in order, each once. */
  #addHash(hash: number): void {
    const hashes = this.#hashes;
    if (this.#hashed === HASHES && hash >= hashes[HASHES - 1]) return;
    let low = 0;
    for (let high = this.#hashed; low < high; ) {
      const middle = (low + high) >> 1;
      if (hashes[middle] < hash) low = middle + 1;
      else high = middle;
    }
    if (low < this.#hashed && hashes[low] === hash) return;
    hashes.copyWithin(low + 1, low, Math.min(this.#hashed, HASHES - 1));
    hashes[low] = hash;
    if (this.#hashed < HASHES) this.#hashed++;
  }
}

/** The finishing steps of MurmurHash3: every bit of the hash depends on all. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
