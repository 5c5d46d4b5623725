import { z } from 'zod';
import { defineOutlierFence } from '../estimator.ts';
import { meanOf, varianceOf } from './quantile.ts';

export const zScoreFence = defineOutlierFence({
  name: 'zScoreFence',
  kind: 'outlier_fence',
  title: 'Standard deviations from the mean',
  params: z.object({
    threshold: z.number().positive().default(3).describe('How many standard deviations a value may lie from the mean'),
  }),
  bounds(sorted, { threshold }) {
    const mean = meanOf(sorted);
    const reach = threshold * Math.sqrt(varianceOf(sorted, mean));
    return [mean - reach, mean + reach];
  },
});
