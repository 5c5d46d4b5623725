import { z } from 'zod';
import { defineScaler } from '../estimator.ts';

export const minMaxScaler = defineScaler({
  name: 'minMaxScaler',
  kind: 'scaler',
  title: 'From 0 to 1',
  params: z.object({}),
  fit(values) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return { center: low, scale: high - low || 1 };
  },
});
