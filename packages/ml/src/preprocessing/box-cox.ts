import { z } from 'zod';
import { definePowerTransform } from '../estimator.ts';
import { maximumBetween } from './maximum.ts';
import { meanOf, varianceOf } from './quantile.ts';

const boxCoxOf = (log: number, exponent: number): number =>
  exponent === 0 ? log : Math.expm1(exponent * log) / exponent;

/** Least value that one below what it was fitted on is taken for, so that a new row never has an infinite place. */
const LEAST = 1e-300;

/** Box and Cox (1964): (x^lambda - 1) / lambda, lambda of the greatest normal likelihood, between -10 and 10. */
export const boxCox = definePowerTransform({
  name: 'boxCox',
  kind: 'power_transform',
  title: 'Box-Cox',
  params: z.object({}),
  least: 0,
  open: true,
  fit(values) {
    const logs = values.map(Math.log);
    const middle = meanOf(logs);
    // Divided by their geometric mean the values have the same lambda, and powers stay within what numbers hold.
    const centered = logs.map((log) => log - middle);
    if (!centered.some((log) => log !== 0)) return 1;
    const powers = new Float64Array(values.length);
    const likelihood = (exponent: number) => {
      for (let at = 0; at < powers.length; at++) powers[at] = boxCoxOf(centered[at], exponent);
      return -Math.log(varianceOf(powers));
    };
    return maximumBetween(likelihood, -10, 10);
  },
  apply: (values, exponent) => values.map((value) => boxCoxOf(Math.log(Math.max(value, LEAST)), exponent)),
});
