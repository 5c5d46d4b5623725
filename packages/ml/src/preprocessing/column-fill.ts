import { z } from 'zod';
import { float64Array } from '../model-arrays.ts';

/** The model of an imputer that fills each column with one value. */
export const columnFills = z.object({ fills: float64Array });

export const fillColumns = (
  { fills }: z.output<typeof columnFills>,
  columns: readonly Float64Array[],
): Float64Array[] => columns.map((column, at) => column.map((value) => (Number.isNaN(value) ? fills[at] : value)));

/** One value for each column by `choose`, which is given the column's values ascending. */
export const fitFills = (columns: readonly Float64Array[], choose: (sorted: Float64Array) => number) => ({
  model: {
    fills: Float64Array.from(columns, (column) => choose(column.filter((value) => !Number.isNaN(value)).sort())),
  },
  approximations: [],
});
