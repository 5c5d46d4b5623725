import { chiSquareP } from './distributions.ts';
import { type HistogramPair, sum } from './histogram.ts';

/**
 * Chi-square of the current counts against the reference's shares, as Evidently does it. A category that the reference
 * does not have makes the statistic infinite there; here such categories are left out, because new entities are no drift.
 */
export function chiSquare(pair: HistogramPair): { statistic: number; pValue: number } {
  const known = Array.from({ length: pair.reference.length }, (_, i) => i).filter((i) => pair.reference[i] > 0);
  const current = known.map((i) => pair.current[i]);
  const reference = known.map((i) => pair.reference[i]);
  const scale = sum(current) / Math.max(1, sum(reference));
  let statistic = 0;
  for (let i = 0; i < known.length; i++) {
    const expected = reference[i] * scale;
    if (expected > 0) statistic += (current[i] - expected) ** 2 / expected;
  }
  return { statistic, pValue: chiSquareP(statistic, known.length - 1) };
}
