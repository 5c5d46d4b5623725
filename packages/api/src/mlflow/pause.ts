/** A wait that can be ended early. An end that comes between two waits ends the next one. */
export class Pause {
  #end: (() => void) | undefined;
  #ended = false;

  async wait(milliseconds: number): Promise<void> {
    if (!this.#ended) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#end = undefined;
    this.#ended = false;
  }

  end(): void {
    this.#ended = true;
    this.#end?.();
  }
}
