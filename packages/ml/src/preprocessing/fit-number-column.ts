import { type DistributionFit, fitDistributions } from './distribution-fit.ts';
import { methodNamed, parametersOf } from './method-named.ts';
import type { PreprocessParams } from './preprocess-params.ts';

/** How a number column is bent and scaled. */
export interface NumberStep {
  readonly transform: string;
  readonly exponent: number;
  readonly scaler: string;
  readonly center: number;
  readonly scale: number;
  readonly distributions: readonly DistributionFit[];
}

/** A sample further than this from every distribution is like none of them, and gets a transform fitted to itself. */
const FARTHEST = 0.1;

/** One this near to normal is normal enough, though one of three parameters may always fit better. */
const NEAR = 0.05;

const fitting = (fits: readonly DistributionFit[]): DistributionFit | undefined =>
  fits.find(({ name, statistic }) => name === 'norm' && statistic <= NEAR) ?? fits[0];

/** Normal and uniform columns stay as they are; a root for exponential ones, a log for log-normal ones; else lambda is fitted. */
function transformFor(nearest: DistributionFit | undefined, least: number): string {
  if (!nearest) return 'none';
  if (nearest.statistic > FARTHEST) return least > 0 ? 'boxCox' : 'yeoJohnson';
  if (nearest.name === 'norm' || nearest.name === 'uniform') return 'none';
  if (least < 0) return 'yeoJohnson';
  return nearest.name === 'expon' ? 'sqrtTransform' : 'log1pTransform';
}

const SCALER_FOR = { norm: 'standardScaler', uniform: 'minMaxScaler', expon: 'robustScaler', lognorm: 'robustScaler' };

export const bend = (values: Float64Array, { transform, exponent }: Pick<NumberStep, 'transform' | 'exponent'>) =>
  transform === 'none' ? values : methodNamed('power_transform', transform).apply(values, exponent);

/** Less than this of their size is lost in the last digits of numbers. */
const LEAST_SPREAD = 1e-9;

function areAsOne(values: Float64Array): boolean {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return !(greatest - least > LEAST_SPREAD * Math.max(Math.abs(least), Math.abs(greatest)));
}

/**
 * @param values without NaN.
 * A transform that is not defined for all values gives way to Yeo-Johnson. By distribution, what is normal after it was bent
 * counts as normal.
 */
export function fitNumberColumn(values: Float64Array, params: PreprocessParams): NumberStep {
  const sorted = values.slice().sort();
  const isConstant = sorted[0] === sorted[sorted.length - 1];
  const byDistribution = !isConstant && (params.transform === 'automatic' || params.scale === 'automatic');
  const distributions = byDistribution ? fitDistributions(sorted) : [];
  let transform = params.transform === 'automatic' ? transformFor(fitting(distributions), sorted[0]) : params.transform;
  if (transform !== 'none') {
    const { least, open } = methodNamed('power_transform', transform);
    if (sorted[0] < least || (open && sorted[0] === least)) transform = 'yeoJohnson';
  }
  let exponent = transform === 'none' ? Number.NaN : methodNamed('power_transform', transform).fit(values, {});
  let bent = bend(values, { transform, exponent });
  if (!isConstant && areAsOne(bent)) {
    // Numbers far from 0 beside their differences, such as dates: the power would leave nothing of these.
    [transform, exponent, bent] = ['none', Number.NaN, values];
  }
  let scaler = params.scale;
  if (scaler === 'automatic') {
    const after = transform === 'none' || isConstant ? distributions : fitDistributions(bent.slice().sort());
    const nearest = fitting(after);
    scaler = nearest && nearest.statistic <= FARTHEST ? SCALER_FOR[nearest.name] : 'robustScaler';
  }
  if (scaler === 'none') return { transform, exponent, scaler, center: 0, scale: 1, distributions };
  const method = methodNamed('scaler', scaler);
  return { transform, exponent, scaler, ...method.fit(bent, parametersOf(method, params.scale_params)), distributions };
}
