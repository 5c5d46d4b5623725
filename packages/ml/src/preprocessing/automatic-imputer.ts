import { z } from 'zod';
import { defineImputer } from '../estimator.ts';
import { columnFills, fillColumns, fitFills } from './column-fill.ts';
import { meanOf, quantile } from './quantile.ts';

/** The median where a value lies beyond 1.5 interquartile ranges of the quartiles (Tukey's fence), since the mean would follow it; else the mean. */
export const automaticImputer = defineImputer({
  name: 'automaticImputer',
  kind: 'imputer',
  title: 'Median where the column has outliers, else mean',
  takes: 'numbers',
  params: z.object({
    iqr_range: z
      .number()
      .positive()
      .default(1.5)
      .describe('How many interquartile ranges beyond the quartiles is an outlier'),
  }),
  modelVersion: 1,
  model: columnFills,
  fit: (columns, { iqr_range }) =>
    fitFills(columns, (sorted) => {
      const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
      const reach = iqr_range * (high - low);
      const hasOutlier = sorted[0] < low - reach || sorted[sorted.length - 1] > high + reach;
      return hasOutlier ? quantile(sorted, 0.5) : meanOf(sorted);
    }),
  fill: fillColumns,
});
