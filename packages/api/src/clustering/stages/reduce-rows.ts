import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyAlgorithm, FitContext } from '@kindred/ml/estimator.ts';
import { type Matrix, takeColumns } from '@kindred/ml/matrix.ts';
import { loadModel, saveModel } from '@kindred/ml/registry.ts';
import { z } from 'zod';
import type { Json, StageContext } from '../../pipelines/stage.ts';
import { type Chosen, fitParams } from '../clustering-params.ts';
import { writeCsv } from '../csv-writer.ts';
import { checkSameColumns } from '../earlier-reduction.ts';
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
  const summary = await outputReduced(context, method, matrix, { Z, model, output }, fit);
  return { ...summary, approximations: approximations.map((one) => ({ ...one })) };
}

/**
 * The same by the model that an earlier job has fitted.
 * @throws DomainError INVALID_INPUT where the rows have other columns than that model was fitted on.
 */
export async function reduceByEarlier(
  context: StageContext,
  method: Reducer,
  fromJob: string,
  matrix: RowMatrix,
  output: string,
): Promise<{ [key: string]: Json }> {
  const names = z.array(z.string()).parse(await context.json('given.columns.json'));
  checkSameColumns(names, matrix.names);
  const model = loadModel(method, await readFile(await context.path('given.model')));
  const places = names.map((name) => matrix.names.indexOf(name));
  const ordered: RowMatrix = { ...takeColumns(matrix, places), names, index: matrix.index };
  await using fit = fitContext(context, method.title, [0, 0.9]);
  const Z = method.transform(model, ordered, fit);
  const summary = await outputReduced(context, method, ordered, { Z, model, output }, fit);
  return { ...summary, from_job: fromJob, approximations: [] };
}

async function outputReduced(
  context: StageContext,
  method: Reducer,
  matrix: RowMatrix,
  { Z, model, output }: { readonly Z: Matrix; readonly model: object; readonly output: string },
  fit: FitContext,
): Promise<{ [key: string]: Json }> {
  const names = Array.from({ length: Z.columns }, (_, at) => `${method.name}_${at + 1}`);
  await outputRowMatrix(context, output, { ...Z, names, index: matrix.index });
  await outputModel(context, `${output}.model`, method, model);
  await context.outputJson(`${output}.columns.json`, [...matrix.names]);
  const summary = { method: method.name, columns: names };
  const errors = method.errors?.(model, matrix, fit);
  if (!errors) return summary;
  const file = join(context.scratch, `${output}.errors.csv`);
  await writeCsv(file, ['index', 'error'], matrix.rows, (row, at) => (at === 0 ? matrix.index[row] : errors[row]));
  await context.output(`${output}.errors.csv`, file);
  return { ...summary, lost: shareLost(errors, matrix) };
}

/** Mean error of a value by the mean variance of a column: 0 where all is given back, 1 where the columns' means would do as well. */
function shareLost(errors: Float64Array, { rows, columns, data }: Matrix): number | null {
  const means = new Float64Array(columns);
  data.forEach((value, at) => {
    means[at % columns] += value / rows;
  });
  let squares = 0;
  data.forEach((value, at) => {
    squares += (value - means[at % columns]) ** 2;
  });
  const variance = squares / data.length;
  return variance > 0 ? errors.reduce((sum, error) => sum + error, 0) / rows / variance : null;
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
