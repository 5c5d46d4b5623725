/**
 * A list of calls that threads take from, in shared memory. A thread claims a call by one compare-and-exchange of a word that
 * holds the list's number and how many calls are left, so a thread that comes late can never take from the list after.
 */
const CLAIM = 0;
const COUNT = 1;
const DONE = 2;
const EXPORT = 3;
const TRAPPED = 4;
const LEFT = 5;
const WORDS = 8;

const LEFT_BITS = 10;
export const MOST_CALLS = (1 << LEFT_BITS) - 1;
export const MOST_ARGUMENTS = 8;
const LISTS = 1 << (31 - LEFT_BITS);

const WORDS_BYTES = 4 * WORDS;
export const CALLS_BYTES = WORDS_BYTES + 8 * MOST_CALLS * MOST_ARGUMENTS;

/** Compiled code takes as many of them as it has parameters. */
export type Export = (...args: readonly number[]) => void;

/** How often a thread looks before it sleeps: the next list mostly follows within some microseconds. */
const LOOKS = 4000;

export class Calls {
  readonly #words: Int32Array;
  readonly #arguments: Float64Array;
  #list = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory, 0, WORDS);
    this.#arguments = new Float64Array(memory, WORDS_BYTES);
  }

  /**
   * Gives out a list of at most MOST_CALLS calls of that export, takes part in it, and waits until all have ended.
   * @throws Error where one of them trapped; the others have ended all the same, and the next list runs as ever.
   */
  run(exportIndex: number, calls: readonly (readonly number[])[], exports: readonly Export[]): void {
    const words = this.#words;
    for (let at = 0; at < calls.length; at++) this.#arguments.set(calls[at], at * MOST_ARGUMENTS);
    words[EXPORT] = exportIndex;
    words[COUNT] = calls.length;
    Atomics.store(words, DONE, 0);
    this.#list = (this.#list + 1) % LISTS;
    Atomics.store(words, CLAIM, (this.#list << LEFT_BITS) | calls.length);
    Atomics.notify(words, CLAIM);
    this.#work(this.#list, exports);
    for (;;) {
      const done = Atomics.load(words, DONE);
      if (done >= calls.length) break;
      this.#waitWhile(DONE, done);
    }
    if (Atomics.exchange(words, TRAPPED, 0)) throw new Error('A thread could not finish its part of a computation.');
  }

  /** Takes calls from list after list until the team is left. */
  serve(exports: readonly Export[]): void {
    let seen = 0;
    for (;;) {
      if (Atomics.load(this.#words, LEFT)) return;
      const claim = Atomics.load(this.#words, CLAIM);
      if (claim === seen || (claim & MOST_CALLS) === 0) {
        seen = claim;
        this.#waitWhile(CLAIM, claim);
        continue;
      }
      this.#work(claim >>> LEFT_BITS, exports);
    }
  }

  leave(): void {
    Atomics.store(this.#words, LEFT, 1);
    Atomics.store(this.#words, CLAIM, ((this.#list + 1) % LISTS) << LEFT_BITS);
    Atomics.notify(this.#words, CLAIM);
  }

  #work(list: number, exports: readonly Export[]): void {
    const words = this.#words;
    const args = this.#arguments;
    for (;;) {
      const claim = Atomics.load(words, CLAIM);
      const left = claim & MOST_CALLS;
      if (claim >>> LEFT_BITS !== list || left === 0) return;
      if (Atomics.compareExchange(words, CLAIM, claim, claim - 1) !== claim) continue;
      const at = (words[COUNT] - left) * MOST_ARGUMENTS;
      try {
        const call = exports[words[EXPORT]];
        call(
          args[at],
          args[at + 1],
          args[at + 2],
          args[at + 3],
          args[at + 4],
          args[at + 5],
          args[at + 6],
          args[at + 7],
        );
      } catch {
        Atomics.store(words, TRAPPED, 1);
      }
      if (Atomics.add(words, DONE, 1) + 1 === words[COUNT]) Atomics.notify(words, DONE);
    }
  }

  /** Returns soon after the word changed; perhaps before. */
  #waitWhile(word: number, value: number): void {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(this.#words, word) !== value) return;
    Atomics.wait(this.#words, word, value, 1000);
  }
}
