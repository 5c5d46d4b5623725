/** Bottom-k sketch (Cohen and Kaplan 2007) of a set of client ids, for the share of clients that two versions have in common. */
import { hash32 } from '@kindred/ml/random.ts';
import type { Snapshot } from './snapshot.ts';

const SIZE = 2000;

function hashOf(id: number, mark: number): number {
  return hash32(hash32(hash32(id % 4294967296) ^ Math.floor(id / 4294967296)) ^ mark);
}

function hashText(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = hash32(hash ^ text.charCodeAt(i));
  return hash;
}

/**
 * The smallest hashes of clients, ascending. A client is an id with a gender and an age: where ids are handed out anew,
 * the same number is another person.
 */
export function sketchOf(snapshot: Snapshot): number[] {
  const { labels, codes } = snapshot.attributes.gender;
  const genders = labels.map(hashText);
  const hashes = Uint32Array.from(snapshot.clientIds, (id, u) => {
    const gender = codes[u] < 0 ? 0 : genders[codes[u]];
    return hashOf(id, hash32(gender ^ (Math.round(snapshot.age[u]) || 0)));
  });
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
