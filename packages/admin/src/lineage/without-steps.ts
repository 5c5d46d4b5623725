/** A graph by plain keys: what was needed for what. */
export interface Graph<N> {
  readonly nodes: ReadonlyMap<string, N>;
  /** From what was needed to what it made. */
  readonly links: readonly (readonly [from: string, to: string])[];
}

/** The graph of those that stay; what led from one to another through those that go is one link. */
export function keepOnly<N>({ nodes, links }: Graph<N>, stays: (node: N) => boolean): Graph<N> {
  const kept = new Map([...nodes].filter(([, node]) => stays(node)));
  const next = successors(links);
  const found = new Map<string, readonly [string, string]>();
  for (const from of kept.keys()) {
    const seen = new Set<string>();
    const open = [...(next.get(from) ?? [])];
    for (let to = open.pop(); to !== undefined; to = open.pop()) {
      if (seen.has(to)) continue;
      seen.add(to);
      if (kept.has(to)) found.set(`${from} ${to}`, [from, to]);
      else open.push(...(next.get(to) ?? []));
    }
  }
  return { nodes: kept, links: [...found.values()] };
}

export function successors(links: Graph<unknown>['links']): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>();
  for (const [from, to] of links) next.set(from, [...(next.get(from) ?? []), to]);
  return next;
}
