/** Everything that a job has fitted, from the table to labels, as one artifact: it gives labels to rows that the job has not seen. */
import type { AnyAlgorithm, FitContext, Placed, Placing } from '@kindred/ml/estimator.ts';
import { flatFromBytes, flatToBytes } from '@kindred/ml/flat-bytes.ts';
import { type Matrix, takeColumns } from '@kindred/ml/matrix.ts';
import { int32Array, uint8Array } from '@kindred/ml/model-arrays.ts';
import { PREPROCESS_VERSION, preprocessModel, transformTable } from '@kindred/ml/preprocessing/preprocess-model.ts';
import type { Table } from '@kindred/ml/preprocessing/table.ts';
import { loadModel } from '@kindred/ml/registry.ts';
import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { NONE } from '../clustering-params.ts';
import { CLUSTERING_METHODS, methodNamed, REDUCTION_METHODS, SELECTION_METHODS } from '../methods.ts';

export const PIPELINE_MODEL = 'pipeline.model';
const KIND = 'clusteringPipeline';
const VERSION = 1;

/** Models by their own saved bytes; empty where the step has none. */
const shape = z.object({
  preprocess: uint8Array,
  selection: z.string(),
  /** Places of the columns that a selector kept. */
  selected: int32Array,
  selectionModel: uint8Array,
  reduction: z.string(),
  reductionModel: uint8Array,
  clustering: z.string(),
  clusteringModel: uint8Array,
});
export type SavedSteps = z.output<typeof shape>;

export const savePipeline = (steps: SavedSteps): Uint8Array => flatToBytes(KIND, VERSION, steps);

/** A fitted pipeline, ready to be asked. */
export interface FittedPipeline {
  readonly placing: Placing;
  /** Why it can place no new rows, if so, and what to choose for a job whose pipeline can. */
  readonly refusal: string | undefined;
  /**
   * Labels of the rows of a table that has the columns of the job's.
   * @throws MlError INVALID_INPUT naming a column that is absent or of another kind, or a value that no number can hold.
   */
  place(table: Table, context: FitContext): Placed;
}

type Step = (X: Matrix, context: FitContext) => Matrix;
type Reducer = Extract<AnyAlgorithm, { kind: 'reducer' }>;

/** @throws MlError BAD_MODEL_BYTES; DomainError INVALID_INPUT for a method that is no longer known. */
export function loadPipeline(bytes: Uint8Array): FittedPipeline {
  const steps = shape.parse(flatFromBytes(KIND, VERSION, bytes));
  const { preprocess, selection, selected, selectionModel, reduction, reductionModel, clustering } = steps;
  const first = preprocessModel.parse(flatFromBytes('preprocess', PREPROCESS_VERSION, preprocess));
  const refusals: string[] = [];
  const reducing = (method: Reducer, model: Uint8Array): Step => {
    if (method.noNewRows !== undefined) refusals.push(method.noNewRows);
    const own = loadModel(method, model);
    return (X, context) => method.transform(own, X, context);
  };
  const known = <Method extends { readonly name: string }>(methods: readonly Method[], name: string): Method => {
    const method = methodNamed(methods, name);
    if (method) return method;
    throw new DomainError('INVALID_INPUT', `The method ${name} of the job is no longer known`);
  };
  const between: Step[] = [];
  if (selection !== NONE) {
    const method = known(SELECTION_METHODS, selection);
    between.push(method.kind === 'reducer' ? reducing(method, selectionModel) : (X) => takeColumns(X, selected));
  }
  if (reduction !== NONE) between.push(reducing(known(REDUCTION_METHODS, reduction), reductionModel));
  const clusterer = known(CLUSTERING_METHODS, clustering);
  const model = loadModel(clusterer, steps.clusteringModel);
  return {
    placing: clusterer.placing,
    refusal: refusals.length > 0 ? refusals.join('; ') : undefined,
    place: (table, context) =>
      clusterer.place(
        model,
        between.reduce((X, step) => step(X, context), transformTable(first, table)),
        context,
      ),
  };
}
