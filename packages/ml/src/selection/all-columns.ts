import { z } from 'zod';
import { defineSelector } from '../estimator.ts';
import { checkMatrix } from '../matrix.ts';

export const allColumns = defineSelector({
  name: 'allColumns',
  kind: 'selector',
  title: 'All columns',
  params: z.object({}),
  memory: (_rows, columns) => 16 * columns + 4096,
  fit(X) {
    checkMatrix(X);
    return {
      selected: Int32Array.from({ length: X.columns }, (_, at) => at),
      scores: new Float64Array(X.columns).fill(1),
      approximations: [],
    };
  },
});
