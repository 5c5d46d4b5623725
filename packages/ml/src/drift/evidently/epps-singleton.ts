import { MlError } from '../../errors.ts';
import { chiSquareP } from '../distributions.ts';
import { meanOf, pooled } from './samples.ts';
import type { StatTest } from './stat-test.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Points at which the characteristic functions are compared (Epps and Singleton 1986), in half interquartile ranges. */
const POINTS = [0.4, 0.8];
const FEWEST = 5;
/** Below this size of both samples the statistic is corrected. */
const SMALL = 25;

/** Quantile by linear interpolation between order statistics. */
function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/** Means and (population) covariances of cos and sin at the points. */
function moments(values: Float64Array, scale: number): { means: number[]; covariance: number[][] } {
  const columns = [Math.cos, Math.sin].flatMap((wave) =>
    POINTS.map((point) => values.map((value) => wave((point / scale) * value))),
  );
  const means = columns.map(meanOf);
  const covariance = columns.map((a, i) =>
    columns.map((b, j) => a.reduce((sum, value, k) => sum + (value - means[i]) * (b[k] - means[j]), 0) / values.length),
  );
  return { means, covariance };
}

/**
 * P-value of the Epps-Singleton statistic by chi-square with the rank of the covariance as degrees.
 * @throws MlError NOTHING_TO_LEARN for fewer than five values in a sample or no spread between the pooled quartiles, as Evidently
 */
export const eppsSingleton: StatTest = {
  name: 'es',
  title: 'Epps-Singleton',
  types: ['num'],
  threshold: 0.05,
  drift: 'below',
  score(samples) {
    const [n, m] = [samples.reference.length, samples.current.length];
    const sorted = pooled(samples).sort();
    const scale = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2;
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
};
