import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { saveModel } from '@kindred/ml/registry.ts';
import type { Json, StageContext } from '../../pipelines/stage.ts';
import { type Chosen, fitParams } from '../clustering-params.ts';
import { fitContext } from '../fit-context.ts';
import { refuseBeyondMemory, type SizedMethod } from '../forecast/memory-need.ts';
import { outputRowMatrix, type RowMatrix } from '../row-matrix.ts';

type Reducer = Extract<AnyAlgorithm, { kind: 'reducer' }>;

/** Fits it, and writes the rows in their new columns as `<output>.bin` and the model as `<output>.model`. @param others to name where it needs too much. */
export async function reduceRows(
  context: StageContext,
  method: Reducer,
  chosen: Chosen,
  matrix: RowMatrix,
  output: string,
  others: readonly SizedMethod[],
): Promise<{ [key: string]: Json }> {
  const params = fitParams(method, chosen, context.seed);
  refuseBeyondMemory(method, others, matrix, params, context.memoryBytes);
  await using fit = fitContext(context, method.title, [0, 0.9]);
  const { Z, model, approximations } = method.fit(matrix, params, fit);
  const names = Array.from({ length: Z.columns }, (_, at) => `${method.name}_${at + 1}`);
  await outputRowMatrix(context, output, { ...Z, names, index: matrix.index });
  await outputModel(context, `${output}.model`, method, model);
  return { method: method.name, columns: names, approximations: approximations.map((one) => ({ ...one })) };
}

export async function outputModel(
  context: StageContext,
  name: string,
  method: Parameters<typeof saveModel>[0],
  model: object,
): Promise<void> {
  const file = join(context.scratch, name);
  await writeFile(file, saveModel(method, model));
  await context.output(name, file);
}
