import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineSelector } from '../estimator.ts';
import { columnMeans } from '../linear-algebra/gram.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';

export function columnVariances(X: Matrix): Float64Array {
  const means = columnMeans(X);
  const sums = new Float64Array(X.columns);
  for (let at = 0; at < X.data.length; )
    for (let column = 0; column < X.columns; column++) sums[column] += (X.data[at++] - means[column]) ** 2;
  return sums.map((sum) => sum / X.rows);
}

/** As scikit-learn's: columns of a variance (of the rows themselves) above the threshold. It is of use before columns are scaled. */
export const varianceThreshold = defineSelector({
  name: 'varianceThreshold',
  kind: 'selector',
  title: 'Variance above a threshold',
  params: z.object({
    threshold: z.number().min(0).default(0.1).describe('Columns of no greater variance are left out'),
  }),
  memory: (_rows, columns) => 32 * columns + 4096,
  fit(X, { threshold }) {
    checkMatrix(X);
    const scores = columnVariances(X);
    const selected = Int32Array.from(scores, (_, at) => at).filter((at) => scores[at] > threshold);
    if (selected.length === 0)
      throw new MlError(
        'BAD_PARAMETER',
        `no column has a variance above ${threshold}; the greatest is ${Math.max(...scores)}`,
      );
    return { selected, scores, approximations: [] };
  },
});
