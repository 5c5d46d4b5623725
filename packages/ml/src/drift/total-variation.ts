import { gammaUpper } from './distributions.ts';

export interface MixDistance {
  /** Half the sum of absolute differences, less what noise alone adds to it on average; at least 0. */
  readonly distance: number;
  /** The same with the noise. */
  readonly raw: number;
  /** That noise alone gives squared differences this large. */
  readonly pValue: number;
}

/** Categories' differences are negatively correlated, which the diagonal does not show; the variance is raised by this. */
const CORRELATION_ALLOWANCE = 1.5;

/**
 * Total variation between two mixes of the same categories. @param variances of the differences per category. The sum of
 * squared differences is a sum of weighted chi-squares; a gamma distribution of the same mean and variance stands for it
 * (Satterthwaite 1946).
 */
export function totalVariation(
  reference: readonly number[],
  current: readonly number[],
  variances: readonly number[],
): MixDistance {
  let raw = 0;
  let noise = 0;
  let squares = 0;
  let mean = 0;
  let spread = 0;
  for (let k = 0; k < reference.length; k++) {
    const difference = current[k] - reference[k];
    raw += Math.abs(difference) / 2;
    noise += Math.sqrt((2 * variances[k]) / Math.PI) / 2;
    squares += difference * difference;
    mean += variances[k];
    spread += 2 * variances[k] ** 2;
  }
  const variance = spread * CORRELATION_ALLOWANCE;
  const pValue = mean > 0 ? gammaUpper((mean * mean) / variance, (squares * mean) / variance) : squares > 0 ? 0 : 1;
  return { distance: Math.max(0, raw - noise), raw, pValue };
}
