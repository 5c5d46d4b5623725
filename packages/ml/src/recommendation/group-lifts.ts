import type { FirstPurchases } from './first-purchases.ts';

/** Variance of an item's lifts over groups: where chance alone would do, and the most that is believed. */
const CALMEST = 0.02;
const WILDEST = 2;

/**
 * Log of how many more users of a group bought an item than their activity and taste would have it, groups x items; group 0 is
 * unknown and has none. Lifts are shrunk by how much the item's groups differ beyond chance, moments of a gamma distribution
 * (Clayton and Kaldor, "Empirical Bayes estimates of age-standardized relative risks", Biometrics 1987).
 * @param expected purchases to expect were there no lifts, groups x items.
 */
export function groupLifts(
  { interactions, group }: Pick<FirstPurchases, 'interactions' | 'group'>,
  expected: Float64Array,
): Float32Array {
  const { rows, items, offsets, item } = interactions;
  const groups = items > 0 ? expected.length / items : 0;
  const bought = new Float64Array(expected.length);
  for (let u = 0; u < rows; u++) {
    for (let at = offsets[u]; at < offsets[u + 1]; at++) bought[group[u] * items + item[at]]++;
  }
  const lifts = new Float32Array(expected.length);
  for (let i = 0; i < items; i++) {
    let total = 0;
    let totalExpected = 0;
    for (let at = i; at < expected.length; at += items) {
      total += bought[at];
      totalExpected += expected[at];
    }
    // Lifts are about the item's own level over all groups, which is popularity's to tell.
    const level = totalExpected > 0 ? total / totalExpected : 0;
    let surplus = 0;
    let squares = 0;
    for (let g = 1; g < groups; g++) {
      const mean = level * expected[g * items + i];
      surplus += (bought[g * items + i] - mean) ** 2 - mean;
      squares += mean ** 2;
    }
    const prior = 1 / Math.min(Math.max(surplus / Math.max(squares, 1e-9), CALMEST), WILDEST);
    for (let g = 1; g < groups; g++) {
      lifts[g * items + i] = Math.log((bought[g * items + i] + prior) / (level * expected[g * items + i] + prior));
    }
  }
  return lifts;
}
