import { MlError } from '../../errors.ts';
import { chiSquareP } from '../distributions.ts';
import { countsByValue, type Sample } from './samples.ts';
import { defineStatTest } from './stat-test.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Point at which, and at twice which, the characteristic functions are compared (Epps and Singleton 1986), in half interquartile ranges. */
const POINT = 0.4;
const FEWEST = 5;
/** Below this size of both samples the statistic is corrected. */
const SMALL = 25;

/** Quantile of all rows by linear interpolation between order statistics. */
function quantile({ values, reference, current }: ReturnType<typeof countsByValue>, size: number, q: number): number {
  const place = q * (size - 1);
  const [low, high] = [Math.floor(place), Math.min(Math.floor(place) + 1, size - 1)];
  let [at, below] = [0, reference[0] + current[0]];
  while (below <= low) below += reference[++at] + current[at];
  const first = values[at];
  while (below <= high) below += reference[++at] + current[at];
  return first + (place - low) * (values[at] - first);
}

/** Means and (population) covariances of cos and sin at the points, which are one the double of the other. */
function moments({ values, counts, size }: Sample, scale: number): { means: number[]; covariance: number[][] } {
  const length = values.length;
  const waves = [0, 1, 2, 3].map(() => new Float64Array(length));
  const [cos, cosTwice, sin, sinTwice] = waves;
  for (let i = 0; i < length; i++) {
    const angle = (POINT / scale) * values[i];
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    cos[i] = c;
    sin[i] = s;
    cosTwice[i] = (c - s) * (c + s);
    sinTwice[i] = 2 * c * s;
  }
  const means = waves.map((wave) => weightedSum(wave, undefined, counts) / size);
  waves.forEach((wave, k) => {
    for (let i = 0; i < length; i++) wave[i] -= means[k];
  });
  const covariance = waves.map((a) => waves.map((b) => weightedSum(a, b, counts) / size));
  return { means, covariance };
}

function weightedSum(a: Float64Array, b: Float64Array | undefined, counts: Float64Array | undefined): number {
  let sum = 0;
  if (!counts && b) for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  else for (let i = 0; i < a.length; i++) sum += a[i] * (b ? b[i] : 1) * (counts ? counts[i] : 1);
  return sum;
}

/**
 * P-value of the Epps-Singleton statistic by chi-square with the rank of the covariance as degrees.
 * @throws MlError NOTHING_TO_LEARN for fewer than five values in a sample or no spread between the pooled quartiles, as Evidently
 */
export const eppsSingleton = defineStatTest({
  name: 'es',
  title: 'Epps-Singleton',
  types: ['num'],
  threshold: 0.05,
  drift: 'below',
  score(samples) {
    const [n, m] = [samples.reference.size, samples.current.size];
    const counts = countsByValue(samples);
    const scale = (quantile(counts, n + m, 0.75) - quantile(counts, n + m, 0.25)) / 2;
    if (Math.min(n, m) < FEWEST || scale === 0) {
      throw new MlError('NOTHING_TO_LEARN', 'Epps-Singleton needs five values in each sample and a spread.');
    }
    const [before, now] = [moments(samples.reference, scale), moments(samples.current, scale)];
    const all = n + m;
    const covariance = before.covariance.map((row, i) =>
      row.map((value, j) => (all / n) * value + (all / m) * now.covariance[i][j]),
    );
    const gap = before.means.map((mean, i) => mean - now.means[i]);
    const { values, vectors } = symmetricEigen(covariance);
    const largest = Math.max(...values.map(Math.abs));
    let rank = 0;
    let statistic = 0;
    values.forEach((value, k) => {
      if (Math.abs(value) <= 1e-15 * largest) return;
      rank++;
      statistic += (all * gap.reduce((sum, part, i) => sum + part * vectors[i][k], 0) ** 2) / value;
    });
    if (Math.max(n, m) < SMALL) statistic /= 1 + all ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7);
    return chiSquareP(statistic, rank);
  },
});
