import { z } from 'zod';
import { definePowerTransform } from '../estimator.ts';

export const sqrtTransform = definePowerTransform({
  name: 'sqrtTransform',
  kind: 'power_transform',
  title: 'Square root',
  params: z.object({}),
  least: 0,
  open: false,
  fit: () => Number.NaN,
  apply: (values) => values.map((value) => Math.sqrt(Math.max(0, value))),
});
