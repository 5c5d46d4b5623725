import { z } from 'zod';
import { defineOutlierFence } from '../estimator.ts';
import { fenceAround } from './fence-around.ts';
import { quantile } from './quantile.ts';

/** Tukey's fence. */
export const iqrFence = defineOutlierFence({
  name: 'iqrFence',
  kind: 'outlier_fence',
  title: 'Interquartile range',
  params: z.object({
    range: z.number().min(0).default(1.5).describe('How many interquartile ranges a value may lie beyond a quartile'),
  }),
  bounds(sorted, { range }) {
    const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
    return fenceAround(low, high, range);
  },
});
