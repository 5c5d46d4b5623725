import { z } from 'zod';
import { definePowerTransform } from '../estimator.ts';
import { maximumBetween } from './maximum.ts';
import { varianceOf } from './quantile.ts';

/** `log` is log(1 + |x|). */
function yeoJohnsonOf(isNegative: boolean, log: number, exponent: number): number {
  if (!isNegative) return exponent === 0 ? log : Math.expm1(exponent * log) / exponent;
  return exponent === 2 ? -log : -Math.expm1((2 - exponent) * log) / (2 - exponent);
}

/** Yeo and Johnson (2000), for values of either sign; lambda of the greatest normal likelihood, between -10 and 10. */
export const yeoJohnson = definePowerTransform({
  name: 'yeoJohnson',
  kind: 'power_transform',
  title: 'Yeo-Johnson',
  params: z.object({}),
  least: Number.NEGATIVE_INFINITY,
  open: false,
  fit(values) {
    if (!values.some((value) => value !== values[0])) return 1;
    const logs = values.map((value) => Math.log1p(Math.abs(value)));
    let slope = 0;
    for (let at = 0; at < logs.length; at++) slope += values[at] < 0 ? -logs[at] : logs[at];
    const bent = new Float64Array(values.length);
    const likelihood = (exponent: number) => {
      for (let at = 0; at < bent.length; at++) bent[at] = yeoJohnsonOf(values[at] < 0, logs[at], exponent);
      const value = (-values.length / 2) * Math.log(varianceOf(bent)) + (exponent - 1) * slope;
      return Number.isFinite(value) ? value : -Number.MAX_VALUE;
    };
    return maximumBetween(likelihood, -10, 10);
  },
  apply: (values, exponent) => values.map((value) => yeoJohnsonOf(value < 0, Math.log1p(Math.abs(value)), exponent)),
});
