import { z } from 'zod';
import { defineSelector, type FitContext } from '../estimator.ts';
import { centeredGram, gramMemory } from '../linear-algebra/gram.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';

/** Pearson's correlations of columns, row by row; 0 of one that is constant with any other. */
export function correlations(X: Matrix, context: FitContext): Float64Array {
  const { columns } = X;
  const { gram } = centeredGram(X, context);
  return gram.map((sum, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    if (i === j) return 1;
    const scale = Math.sqrt(gram[i * columns + i] * gram[j * columns + j]);
    return scale > 0 ? Math.max(-1, Math.min(1, sum / scale)) : 0;
  });
}

/** Goes through the columns in order and leaves out what correlates with one that it kept, so that of alike columns the first stays. */
export const correlationThreshold = defineSelector({
  name: 'correlationThreshold',
  kind: 'selector',
  title: 'No two columns that correlate',
  params: z.object({
    threshold: z
      .number()
      .min(0)
      .max(1)
      .default(0.6)
      .describe('Greatest correlation, of either sign, of columns that stay'),
  }),
  memory: (rows, columns) => gramMemory(rows, columns) + 16 * columns * columns,
  fit(X, { threshold }, context) {
    checkMatrix(X, 2);
    const all = correlations(X, context);
    const kept: number[] = [];
    // Worth: how much of a column is not in those kept before it.
    const scores = new Float64Array(X.columns);
    for (let column = 0; column < X.columns; column++) {
      const closest = Math.max(0, ...kept.map((other) => Math.abs(all[column * X.columns + other])));
      scores[column] = 1 - closest;
      if (closest <= threshold) kept.push(column);
    }
    return { selected: Int32Array.from(kept), scores, approximations: [] };
  },
});
