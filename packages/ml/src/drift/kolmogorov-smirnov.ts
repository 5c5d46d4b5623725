import { kolmogorovP } from './distributions.ts';
import { type HistogramPair, shares, sum } from './histogram.ts';

/** Two-sample Kolmogorov-Smirnov: largest gap of the distribution functions and its asymptotic p-value (rows independent). */
export function kolmogorovSmirnov(pair: HistogramPair): { statistic: number; pValue: number } {
  const reference = shares(pair.reference);
  const current = shares(pair.current);
  const n = sum(pair.reference);
  const m = sum(pair.current);
  let gap = 0;
  let statistic = 0;
  for (let i = 0; i < reference.length; i++) {
    gap += reference[i] - current[i];
    statistic = Math.max(statistic, Math.abs(gap));
  }
  const effective = n + m > 0 ? (n * m) / (n + m) : 0;
  return { statistic, pValue: kolmogorovP(Math.sqrt(effective) * statistic) };
}
