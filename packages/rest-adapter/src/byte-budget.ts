interface Waiting {
  readonly bytes: number;
  readonly resolve: () => void;
}

/**
 * Bounds the memory of bodies that are being received: a sender waits, unread, until there is room. First come, first
 * served, so that a large body is not starved by small ones.
 */
export class ByteBudget {
  #free: number;
  readonly #total: number;
  readonly #queue: Waiting[] = [];

  constructor(total: number) {
    this.#free = total;
    this.#total = total;
  }

  /** @returns the call that gives the bytes back. */
  async take(bytes: number): Promise<() => void> {
    // One body larger than the whole budget may still pass, alone.
    const wanted = Math.min(bytes, this.#total);
    if (this.#queue.length > 0 || this.#free < wanted) {
      await new Promise<void>((resolve) => this.#queue.push({ bytes: wanted, resolve }));
    } else {
      this.#free -= wanted;
    }
    let given = true;
    return () => {
      if (!given) return;
      given = false;
      this.#free += wanted;
      this.#serve();
    };
  }

  #serve(): void {
    for (let next = this.#queue[0]; next && next.bytes <= this.#free; next = this.#queue[0]) {
      this.#queue.shift();
      this.#free -= next.bytes;
      next.resolve();
    }
  }
}
