import { normalCdf } from '../drift/distributions.ts';
import { meanOf, varianceOf } from './quantile.ts';

export type DistributionName = 'norm' | 'expon' | 'lognorm' | 'uniform';

export interface DistributionFit {
  readonly name: DistributionName;
  /** SciPy's parameters: shape (lognorm alone), location, scale. */
  readonly parameters: readonly number[];
  /** Largest gap between the distribution functions of the sample and of the fit. */
  readonly statistic: number;
}

/** More values than this do not make a location surer, only slower to find; order statistics evenly spread stand for all. */
const LOCATION_FROM = 4000;

function gap(sorted: Float64Array, cdf: (value: number) => number): number {
  const n = sorted.length;
  let most = 0;
  for (let at = 0; at < n; at++) {
    const share = cdf(sorted[at]);
    most = Math.max(most, share - at / n, (at + 1) / n - share);
  }
  return most;
}

const logsFrom = (values: Float64Array, location: number): { logs: Float64Array; mean: number; variance: number } => {
  const logs = values.map((value) => Math.log(value - location));
  const mean = meanOf(logs);
  return { logs, mean, variance: varianceOf(logs, mean) };
};

/** Derivative by the location of the likelihood of a shifted log-normal whose other parameters are the best for it. */
function slopeAt(values: Float64Array, location: number): number {
  const { logs, mean, variance } = logsFrom(values, location);
  let slope = 0;
  for (let at = 0; at < values.length; at++) slope += (1 + (logs[at] - mean) / variance) / (values[at] - location);
  return slope;
}

/** The likelihood's maximum (it grows without bound at the least value, which is no fit); undefined where there is none. */
function lognormalLocation(sorted: Float64Array): number | undefined {
  const step = Math.max(1, sorted.length / LOCATION_FROM);
  const values = Float64Array.from(
    { length: Math.floor(sorted.length / step) },
    (_, at) => sorted[Math.floor(at * step)],
  );
  const least = sorted[0];
  const span = sorted[sorted.length - 1] - least;
  if (!(span > 0)) return undefined;
  // Away from the least value the slope falls below 0, and beyond the maximum it is above.
  let near = span * 1e-9;
  while (!(slopeAt(values, least - near) < 0)) {
    near *= 4;
    if (near > span * 1e4) return undefined;
  }
  let far = Math.max(span, 4 * near);
  while (!(slopeAt(values, least - far) > 0)) {
    far *= 4;
    if (far > span * 1e6) return undefined;
  }
  for (let turn = 0; turn < 100 && far - near > 1e-12 * far; turn++) {
    const middle = far / near > 4 ? Math.sqrt(far * near) : (far + near) / 2;
    if (slopeAt(values, least - middle) < 0) near = middle;
    else far = middle;
  }
  return least - (near + far) / 2;
}

/**
 * Fits each distribution by greatest likelihood, as SciPy does, and says how far from it the sample is (Kolmogorov and Smirnov).
 * @param sorted ascending, at least two different values.
 * @returns the nearest first; log-normal is left out where no shift of one fits best.
 */
export function fitDistributions(sorted: Float64Array): DistributionFit[] {
  const n = sorted.length;
  const [least, greatest] = [sorted[0], sorted[n - 1]];
  const mean = meanOf(sorted);
  const deviation = Math.sqrt(varianceOf(sorted, mean));
  const fits: DistributionFit[] = [
    { name: 'norm', parameters: [mean, deviation], statistic: gap(sorted, (x) => normalCdf((x - mean) / deviation)) },
    {
      name: 'expon',
      parameters: [least, mean - least],
      statistic: gap(sorted, (x) => -Math.expm1(-(x - least) / (mean - least))),
    },
    {
      name: 'uniform',
      parameters: [least, greatest - least],
      statistic: gap(sorted, (x) => (x - least) / (greatest - least)),
    },
  ];
  const location = lognormalLocation(sorted);
  if (location !== undefined) {
    const logs = logsFrom(sorted, location);
    const shape = Math.sqrt(logs.variance);
    const statistic = gap(sorted, (x) => normalCdf((Math.log(x - location) - logs.mean) / shape));
    fits.push({ name: 'lognorm', parameters: [shape, location, Math.exp(logs.mean)], statistic });
  }
  return fits.sort((a, b) => a.statistic - b.statistic);
}
