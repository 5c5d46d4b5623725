import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineOutlierFence } from '../estimator.ts';
import { fenceAround } from './fence-around.ts';
import { quantile } from './quantile.ts';

/** Wide fence around outer quantiles, which lets long tails be and cuts errors off. */
export const quantileFence = defineOutlierFence({
  name: 'quantileFence',
  kind: 'outlier_fence',
  title: 'Quantile fence',
  params: z.object({
    lower_quantile: z.number().min(0).max(1).default(0.03).describe('Share of values below the lower quantile'),
    upper_quantile: z.number().min(0).max(1).default(0.97).describe('Share of values below the upper quantile'),
    range: z.number().min(0).default(1.5).describe('How many times their distance a value may lie beyond a quantile'),
  }),
  bounds(sorted, { lower_quantile, upper_quantile, range }) {
    if (lower_quantile > upper_quantile) throw new MlError('BAD_PARAMETER', 'lower_quantile is above upper_quantile');
    const [low, high] = [quantile(sorted, lower_quantile), quantile(sorted, upper_quantile)];
    return fenceAround(low, high, range);
  },
});
