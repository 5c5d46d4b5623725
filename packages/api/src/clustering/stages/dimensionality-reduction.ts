import type { Stage } from '../../pipelines/stage.ts';
import { earlierJobOf, NONE, stageParams } from '../clustering-params.ts';
import { methodNamed, REDUCTION_METHODS } from '../methods.ts';
import { outputRowMatrix, readRowMatrix } from '../row-matrix.ts';
import { reduceByEarlier, reduceRows } from './reduce-rows.ts';

/** Puts the rows into fewer columns, in which they are clustered. */
export const dimensionalityReductionStage: Stage = {
  name: 'dimensionality_reduction',
  codeVersion: 4,
  inputs: ['selected.bin', 'given.model?', 'given.columns.json?'],
  params: ['dimensionality_reduction'],
  weight: 20,
  async run(context) {
    const params = stageParams(context);
    const chosen = params.dimensionality_reduction;
    const matrix = await readRowMatrix(context, 'selected.bin');
    const method = methodNamed(REDUCTION_METHODS, chosen.method);
    const earlier = earlierJobOf(params);
    if (method && earlier !== undefined)
      return { summary: await reduceByEarlier(context, method, earlier, matrix, 'reduced') };
    if (method) return { summary: await reduceRows(context, method, chosen, matrix, 'reduced', REDUCTION_METHODS) };
    await outputRowMatrix(context, 'reduced', matrix);
    return { summary: { method: NONE, columns: [...matrix.names], approximations: [] } };
  },
};
