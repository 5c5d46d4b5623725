/** Forms of the stages, for whoever lets people choose: made from the schemas that check what they chose. */
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { preprocessParams } from '@kindred/ml/preprocessing/preprocess-params.ts';
import { z } from 'zod';
import type { Json } from '../pipelines/stage.ts';
import { fromJob } from './clustering-params.ts';
import { CLUSTERING_METHODS, REDUCTION_METHODS, requestName, SELECTION_METHODS } from './methods.ts';

export interface MethodForm {
  readonly name: string;
  readonly title: string;
  readonly schema: Json;
}

export interface StageForm {
  readonly stage: string;
  readonly methods: readonly MethodForm[];
  readonly schema?: Json;
}

const jsonSchema = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input' }) as Json;

const formsOf = (methods: readonly AnyAlgorithm[], beside: z.ZodRawShape = {}): readonly MethodForm[] =>
  methods.map(({ name, title, params }) => ({
    name: requestName(name),
    title,
    schema: jsonSchema(z.object({ ...params.shape, ...beside })),
  }));

export const clusteringForms = (): readonly StageForm[] => [
  { stage: 'preprocess', methods: [], schema: jsonSchema(preprocessParams) },
  { stage: 'feature_selection', methods: formsOf(SELECTION_METHODS) },
  { stage: 'dimensionality_reduction', methods: formsOf(REDUCTION_METHODS, { from_job: fromJob }) },
  { stage: 'clustering', methods: formsOf(CLUSTERING_METHODS) },
];
