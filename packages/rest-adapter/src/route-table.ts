/** Paths with `{name}` in the place of a segment, and what stands there. */
export interface Found<T> {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly methods: ReadonlyMap<string, T>;
}

export class RouteTable<T> {
  readonly #fixed = new Map<string, Found<T>>();
  readonly #patterns: { readonly pattern: RegExp; readonly names: readonly string[]; readonly found: Found<T> }[] = [];
  readonly #methods = new Map<string, Map<string, T>>();

  add(path: string, method: string, entry: T): void {
    const known = this.#methods.get(path);
    if (known) {
      known.set(method, entry);
      return;
    }
    const methods = new Map([[method, entry]]);
    this.#methods.set(path, methods);
    const found = { path, params: {}, methods };
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    if (names.length === 0) this.#fixed.set(path, found);
    else this.#patterns.push({ pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`), names, found });
  }

  /** @param path with a slash at its end or without. */
  find(path: string): Found<T> | undefined {
    const bare = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    const fixed = this.#fixed.get(bare);
    if (fixed) return fixed;
    for (const { pattern, names, found } of this.#patterns) {
      const match = pattern.exec(bare);
      if (match) return { ...found, params: Object.fromEntries(names.map((name, at) => [name, match[at + 1]])) };
    }
    return undefined;
  }
}
