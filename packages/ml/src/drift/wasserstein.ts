import { type HistogramPair, orderedValues, shares } from './histogram.ts';

/** Evidently divides by at least this standard deviation. */
const SMALLEST_DEVIATION = 0.001;

/** Earth mover's distance over the reference's (population) standard deviation: Evidently's "Wasserstein distance (normed)". */
export function normedWasserstein(pair: HistogramPair): number {
  const values = orderedValues(pair);
  const reference = shares(pair.reference);
  const current = shares(pair.current);
  let mean = 0;
  let square = 0;
  for (let i = 0; i < reference.length; i++) {
    mean += reference[i] * values[i];
    square += reference[i] * values[i] ** 2;
  }
  const deviation = Math.sqrt(Math.max(0, square - mean * mean));
  let distance = 0;
  let ahead = 0;
  for (let i = 0; i + 1 < reference.length; i++) {
    ahead += reference[i] - current[i];
    distance += Math.abs(ahead) * (values[i + 1] - values[i]);
  }
  return distance / Math.max(deviation, SMALLEST_DEVIATION);
}
