import { takeColumns } from '@kindred/ml/matrix.ts';
import type { Stage } from '../../pipelines/stage.ts';
import { fitParams, NONE, stageParams } from '../clustering-params.ts';
import { fitContext } from '../fit-context.ts';
import { refuseBeyondMemory } from '../forecast/memory-need.ts';
import { methodNamed, SELECTION_METHODS } from '../methods.ts';
import { outputRowMatrix, type RowMatrix, readRowMatrix } from '../row-matrix.ts';
import { reduceRows } from './reduce-rows.ts';

/** Chooses columns, or makes new ones of them: what the rows are compared by. */
export const featureSelectionStage: Stage = {
  name: 'feature_selection',
  codeVersion: 3,
  inputs: ['preprocessed.bin'],
  params: ['feature_selection'],
  weight: 5,
  async run(context) {
    const chosen = stageParams(context).feature_selection;
    const matrix = await readRowMatrix(context, 'preprocessed.bin');
    const method = methodNamed(SELECTION_METHODS, chosen.method);
    if (chosen.method === NONE || !method) {
      await outputRowMatrix(context, 'selected', matrix);
      return { summary: { method: NONE, columns: [...matrix.names] } };
    }
    if (method.kind === 'reducer')
      return { summary: await reduceRows(context, method, chosen, matrix, 'selected', SELECTION_METHODS) };
    const params = fitParams(method, chosen, context.seed);
    refuseBeyondMemory(method, SELECTION_METHODS, matrix, params, context.memoryBytes);
    await using fit = fitContext(context, method.title, [0, 0.9]);
    const { selected, scores, approximations } = method.fit(matrix, params, fit);
    const kept: RowMatrix = {
      ...takeColumns(matrix, selected),
      names: Array.from(selected, (column) => matrix.names[column]),
      index: matrix.index,
    };
    await outputRowMatrix(context, 'selected', kept);
    return {
      summary: {
        method: method.name,
        columns: [...kept.names],
        scores: Object.fromEntries(matrix.names.map((name, column) => [name, finite(scores[column])])),
        approximations: approximations.map((one) => ({ ...one })),
      },
    };
  },
};

const finite = (value: number) => (Number.isFinite(value) ? value : null);
