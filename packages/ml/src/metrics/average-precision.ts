/**
 * Average precision at k of one ranking: the sum of precision@i over the hits at ranks i <= k, divided by min(k, positives).
 * @param hits 1 where the item at that rank is relevant, best rank first; may be shorter than k.
 * @param positives how many relevant items exist, found or not.
 * @returns 0..1; 0 where nothing is relevant.
 */
export function averagePrecisionAt(hits: ArrayLike<number>, positives: number, k: number): number {
  const depth = Math.min(k, hits.length);
  let found = 0;
  let sum = 0;
  for (let at = 0; at < depth; at++) {
    if (hits[at] > 0) sum += ++found / (at + 1);
  }
  return positives > 0 ? sum / Math.min(k, positives) : 0;
}
