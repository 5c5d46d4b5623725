import { z } from 'zod';
import { defineScaler } from '../estimator.ts';
import { quantile, sortedValues, varianceOf } from './quantile.ts';

/** Where half of the values are the same, so that there is no interquartile range, it divides by the standard deviation. */
export const robustScaler = defineScaler({
  name: 'robustScaler',
  kind: 'scaler',
  title: 'Median 0, interquartile range 1',
  params: z.object({}),
  fit(values) {
    const sorted = sortedValues(values);
    const scale = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    return { center: quantile(sorted, 0.5), scale: scale || Math.sqrt(varianceOf(sorted)) || 1 };
  },
});
