/**
 * Whole answers by request, for as long as the same data and model serve: the same question has the same bytes then, so
 * neither its execution nor its serialisation has to be repeated. Least recently used ones go first.
 */
export class AnswerCache {
  readonly #limit: number;
  readonly #answers = new Map<string, Buffer>();
  #generation: number | undefined;
  #bytes = 0;

  /** @param limit bytes of answers kept; 32 MB are some 7,000 audiences of a hundred members. */
  constructor(limit = 32 * 2 ** 20) {
    this.#limit = limit;
  }

  get(generation: number, request: string): Buffer | undefined {
    if (generation !== this.#generation) return undefined;
    const answer = this.#answers.get(request);
    if (answer) {
      this.#answers.delete(request);
      this.#answers.set(request, answer);
    }
    return answer;
  }

  /** @param generation what served when the question came; an answer of an earlier one is not kept. */
  put(generation: number, request: string, answer: Buffer): void {
    if (this.#generation === undefined || generation > this.#generation) {
      this.#answers.clear();
      this.#bytes = 0;
      this.#generation = generation;
    }
    if (generation < this.#generation || this.#answers.has(request) || answer.length > this.#limit / 8) return;
    this.#answers.set(request, answer);
    this.#bytes += answer.length;
    for (const [oldest, { length }] of this.#answers) {
      if (this.#bytes <= this.#limit) break;
      this.#answers.delete(oldest);
      this.#bytes -= length;
    }
  }
}
