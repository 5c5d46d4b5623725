import type { FirstPurchases } from './first-purchases.ts';

/** Items' worth of "no different from any" that the mean of a token is shrunk by. */
const SHRINKAGE = 3;
const PASSES = 3;

/**
 * The taste vector to be expected of each item from the words that describe it, items x (1 + factors); popularity stays 0. A sum
 * of one vector per token, fitted by backfitting as the means of users' attributes are, so that an item with few purchases is
 * judged by those described alike.
 */
export function tokenMeans({ tokens, interactions }: FirstPurchases, items: Float64Array): Float64Array | undefined {
  if (!tokens) return undefined;
  const width = items.length / Math.max(interactions.items, 1);
  const means = new Float64Array(items.length);
  const effects = new Float64Array(tokens.count * width);
  const members = new Float64Array(tokens.count);
  for (const token of tokens.token) members[token]++;
  for (let pass = 0; pass < PASSES; pass++) {
    // All tokens of an item move together, each by its part of what is left, so that the order of tokens does not matter.
    const moves = new Float64Array(effects.length);
    for (let i = 0; i < interactions.items; i++) {
      const own = tokens.offsets[i + 1] - tokens.offsets[i];
      for (let at = tokens.offsets[i]; at < tokens.offsets[i + 1]; at++) {
        const to = tokens.token[at] * width;
        for (let k = 1; k < width; k++) moves[to + k] += (items[i * width + k] - means[i * width + k]) / own;
      }
    }
    for (let t = 0; t < tokens.count; t++) {
      for (let k = 1; k < width; k++) effects[t * width + k] += moves[t * width + k] / (members[t] + SHRINKAGE);
    }
    means.fill(0);
    for (let i = 0; i < interactions.items; i++) {
      for (let at = tokens.offsets[i]; at < tokens.offsets[i + 1]; at++) {
        for (let k = 1; k < width; k++) means[i * width + k] += effects[tokens.token[at] * width + k];
      }
    }
  }
  return means;
}
