/** Adjusted Rand index of two labellings (Hubert and Arabie 1985): 1 for the same groups, about 0 for chance. */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const counts = [new Map<number, number>(), new Map<number, number>(), new Map<string, number>()] as const;
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  for (let row = 0; row < a.length; row++) {
    add(counts[0], a[row]);
    add(counts[1], b[row]);
    add(counts[2], `${a[row]} ${b[row]}`);
  }
  const pairs = (map: ReadonlyMap<unknown, number>) => [...map.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const [inA, inB, inBoth] = counts.map(pairs);
  const expected = (inA * inB) / ((a.length * (a.length - 1)) / 2);
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (inBoth - expected) / (most - expected);
}
