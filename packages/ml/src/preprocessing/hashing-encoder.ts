import { z } from 'zod';
import { defineEncoder } from '../estimator.ts';

const rotated = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

/** MurmurHash3, 32 bits, seed 0 (Appleby), signed. */
export function murmur3(bytes: Uint8Array): number {
  const mix = (block: number) => Math.imul(rotated(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
  let hash = 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    const block = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    hash = (Math.imul(rotated(hash ^ mix(block), 13), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let last = bytes.length - 1; last >= at; last--) rest = (rest << 8) | bytes[last];
  if (bytes.length > at) hash ^= mix(rest);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

const utf8 = new TextEncoder();

/** The hashing trick (Weinberger and others 2009), places and signs as scikit-learn's FeatureHasher; a missing text is zeros. */
export const hashingEncoder = defineEncoder({
  name: 'hashingEncoder',
  kind: 'encoder',
  title: 'Few columns by hashing',
  params: z.object({
    n_features: z.int().min(1).max(256).default(8).describe('Number of columns; categories may share one'),
  }),
  fit: (_codes, _texts, { n_features }) => ({
    categories: [],
    outputs: Array.from({ length: n_features }, (_, at) => `#${at}`),
  }),
  encode(text, _known, row, at, width) {
    row.fill(0, at, at + width);
    if (text === undefined) return;
    const hash = murmur3(utf8.encode(text));
    row[at + (Math.abs(hash) % width)] = hash >= 0 ? 1 : -1;
  },
});
