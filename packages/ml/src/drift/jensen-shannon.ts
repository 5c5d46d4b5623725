import { type HistogramPair, shares } from './histogram.ts';

const term = (share: number, middle: number) => (share > 0 ? share * Math.log(share / middle) : 0);

/** Jensen-Shannon distance, the square root of the divergence with natural logarithms, as in SciPy and Evidently. */
export function jensenShannonDistance(pair: HistogramPair): number {
  const reference = shares(pair.reference);
  const current = shares(pair.current);
  let divergence = 0;
  for (let i = 0; i < reference.length; i++) {
    const middle = (reference[i] + current[i]) / 2;
    divergence += (term(reference[i], middle) + term(current[i], middle)) / 2;
  }
  return Math.sqrt(Math.max(0, divergence));
}
