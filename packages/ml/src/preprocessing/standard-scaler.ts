import { z } from 'zod';
import { defineScaler } from '../estimator.ts';
import { meanOf, varianceOf } from './quantile.ts';

export const standardScaler = defineScaler({
  name: 'standardScaler',
  kind: 'scaler',
  title: 'Mean 0, standard deviation 1',
  params: z.object({}),
  fit(values) {
    const center = meanOf(values);
    return { center, scale: Math.sqrt(varianceOf(values, center)) || 1 };
  },
});
