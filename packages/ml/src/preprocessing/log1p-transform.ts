import { z } from 'zod';
import { definePowerTransform } from '../estimator.ts';

export const log1pTransform = definePowerTransform({
  name: 'log1pTransform',
  kind: 'power_transform',
  title: 'log(1 + value)',
  params: z.object({}),
  least: 0,
  open: false,
  fit: () => Number.NaN,
  apply: (values) => values.map((value) => Math.log1p(Math.max(0, value))),
});
