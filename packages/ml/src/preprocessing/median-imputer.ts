import { z } from 'zod';
import { defineImputer } from '../estimator.ts';
import { columnFills, fillColumns, fitFills } from './column-fill.ts';
import { quantile } from './quantile.ts';

export const medianImputer = defineImputer({
  name: 'medianImputer',
  kind: 'imputer',
  title: 'Median of the column',
  takes: 'numbers',
  params: z.object({}),
  modelVersion: 1,
  model: columnFills,
  fit: (columns) => fitFills(columns, (sorted) => quantile(sorted, 0.5)),
  fill: fillColumns,
});
