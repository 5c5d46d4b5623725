/** Bottom-k sketch (Cohen and Kaplan 2007) of a set of client ids, for the share of clients that two versions have in common. */
import { hash32 } from '@kindred/ml/random.ts';

const SIZE = 2000;

function hashOf(id: number): number {
  return hash32(hash32(id % 4294967296) ^ Math.floor(id / 4294967296));
}

/** The smallest hashes, ascending. */
export function sketchOf(ids: ArrayLike<number>): number[] {
  const hashes = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) hashes[i] = hashOf(ids[i]);
  return [...hashes.sort().subarray(0, SIZE)];
}

/** Jaccard similarity of the sets, estimated on the smallest hashes of their union. */
export function sharedClients(a: readonly number[], b: readonly number[]): number {
  const inA = new Set(a);
  const inB = new Set(b);
  // Beyond the shorter sketch's end nothing is known of one of the sets.
  const full = Math.min(
    a.length < SIZE ? Number.POSITIVE_INFINITY : a[SIZE - 1],
    b.length < SIZE ? Number.POSITIVE_INFINITY : b[SIZE - 1],
  );
  let union = 0;
  let both = 0;
  for (const hash of new Set([...a, ...b])) {
    if (hash > full) continue;
    union++;
    if (inA.has(hash) && inB.has(hash)) both++;
  }
  return union === 0 ? 0 : both / union;
}
