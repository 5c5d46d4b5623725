import { z } from 'zod';
import { defineImputer } from '../estimator.ts';
import { columnFills, fillColumns, fitFills } from './column-fill.ts';

/** The most frequent of ascending values; of equally frequent ones the first, as scikit-learn's most_frequent. */
function modeOf(sorted: Float64Array): number {
  let [mode, most, from] = [Number.NaN, 0, 0];
  for (let at = 1; at <= sorted.length; at++) {
    if (at < sorted.length && sorted[at] === sorted[from]) continue;
    if (at - from > most) [mode, most] = [sorted[from], at - from];
    from = at;
  }
  return mode;
}

export const modeImputer = defineImputer({
  name: 'modeImputer',
  kind: 'imputer',
  title: 'Most frequent value of the column',
  takes: 'codes',
  params: z.object({}),
  modelVersion: 1,
  model: columnFills,
  fit: (columns) => fitFills(columns, modeOf),
  fill: fillColumns,
});
