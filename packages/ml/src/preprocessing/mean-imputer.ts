import { z } from 'zod';
import { defineImputer } from '../estimator.ts';
import { columnFills, fillColumns, fitFills } from './column-fill.ts';
import { meanOf } from './quantile.ts';

export const meanImputer = defineImputer({
  name: 'meanImputer',
  kind: 'imputer',
  title: 'Mean of the column',
  takes: 'numbers',
  params: z.object({}),
  modelVersion: 1,
  model: columnFills,
  fit: (columns) => fitFills(columns, (sorted) => meanOf(sorted)),
  fill: fillColumns,
});
