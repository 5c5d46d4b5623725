/** Lists whose cursors are kept at a time; the one used longest ago is forgotten first. */
const LISTS = 50;

/**
 * Where pages of lists begin. react-admin counts pages, the API goes on from a cursor: a page can be had when the one before it was,
 * and one that was seen can be had again.
 */
export class Cursors {
  readonly #lists = new Map<string, Map<number, string | null>>();

  /** The nearest known page at or before the wanted one. */
  nearest(list: string, page: number): { readonly page: number; readonly after: string | null } {
    const known = this.#of(list);
    for (let at = page; at > 1; at--) {
      const after = known.get(at);
      if (after !== undefined) return { page: at, after };
    }
    return { page: 1, after: null };
  }

  keep(list: string, page: number, after: string | null): void {
    this.#of(list).set(page, after);
  }

  #of(list: string): Map<number, string | null> {
    const known = this.#lists.get(list) ?? new Map<number, string | null>();
    this.#lists.delete(list);
    this.#lists.set(list, known);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > LISTS && oldest !== undefined) this.#lists.delete(oldest);
    return known;
  }
}
