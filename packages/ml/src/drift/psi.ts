import { fillZeroes, type HistogramPair, shares } from './histogram.ts';

/** Population stability index as Evidently computes it: sum of (r - c) ln(r / c), empty bins filled. */
export function populationStabilityIndex(pair: HistogramPair): number {
  const reference = fillZeroes(shares(pair.reference));
  const current = fillZeroes(shares(pair.current));
  let index = 0;
  for (let i = 0; i < reference.length; i++) {
    index += (reference[i] - current[i]) * Math.log(reference[i] / current[i]);
  }
  return index;
}
