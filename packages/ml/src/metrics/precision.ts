/** Share of relevant items among the first k of a ranking. A ranking shorter than k counts as filled up with misses. 0..1. */
export function precisionAt(hits: ArrayLike<number>, k: number): number {
  let found = 0;
  for (let at = 0; at < Math.min(k, hits.length); at++) if (hits[at] > 0) found++;
  return found / k;
}
