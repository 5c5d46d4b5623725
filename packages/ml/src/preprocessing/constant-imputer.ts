import { z } from 'zod';
import { defineImputer } from '../estimator.ts';
import { columnFills, fillColumns } from './column-fill.ts';

export const constantImputer = defineImputer({
  name: 'constantImputer',
  kind: 'imputer',
  title: 'A constant',
  takes: 'numbers',
  params: z.object({ fill_value: z.number().default(0).describe('What stands for a missing number') }),
  modelVersion: 1,
  model: columnFills,
  fit: (columns, { fill_value }) => ({
    model: { fills: new Float64Array(columns.length).fill(fill_value) },
    approximations: [],
  }),
  fill: fillColumns,
});
