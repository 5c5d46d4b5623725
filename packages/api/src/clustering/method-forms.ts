/** Forms of the stages, for whoever lets people choose: made from the schemas that check what they chose. */
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { preprocessParams } from '@kindred/ml/preprocessing/preprocess-params.ts';
import { algorithmsOf } from '@kindred/ml/registry.ts';
import { z } from 'zod';
import type { Json } from '../pipelines/stage.ts';
import { besideClustering, fromJob, riskSchema, visualizationSchema } from './clustering-params.ts';
import { CLUSTERING_METHODS, REDUCTION_METHODS, requestName, SELECTION_METHODS } from './methods.ts';

export interface MethodForm {
  readonly name: string;
  readonly title: string;
  readonly schema: Json;
}

/** A field of a stage's schema that names a method, and the field that takes this method's own parameters. */
export interface ChoiceForm {
  readonly field: string;
  readonly params: string;
  readonly methods: readonly MethodForm[];
}

export interface StageForm {
  readonly stage: string;
  readonly methods: readonly MethodForm[];
  readonly schema?: Json;
  readonly choices?: readonly ChoiceForm[];
  /** Of parameters of the job itself that belong to the stage. */
  readonly beside?: Json;
}

const jsonSchema = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input' }) as Json;

const formsOf = (methods: readonly AnyAlgorithm[], beside: z.ZodRawShape = {}): readonly MethodForm[] =>
  methods.map(({ name, title, params }) => ({
    name: requestName(name),
    title,
    schema: jsonSchema(z.object({ ...params.shape, ...beside })),
  }));

/** Of methods that requests name as the list of algorithms does. */
const choice = (field: string, ...kinds: readonly AnyAlgorithm['kind'][]): ChoiceForm => ({
  field,
  params: `${field}_params`,
  methods: kinds
    .flatMap((kind): readonly AnyAlgorithm[] => algorithmsOf(kind))
    .map(({ name, title, params }) => ({ name, title, schema: jsonSchema(params) })),
});

export const clusteringForms = (): readonly StageForm[] => [
  {
    stage: 'preprocess',
    methods: [],
    schema: jsonSchema(preprocessParams),
    choices: [
      choice('imputation', 'imputer'),
      choice('outliers', 'outlier_fence', 'outlier_detector'),
      choice('scale', 'scaler'),
      choice('encode', 'encoder'),
    ],
  },
  { stage: 'feature_selection', methods: formsOf(SELECTION_METHODS) },
  { stage: 'dimensionality_reduction', methods: formsOf(REDUCTION_METHODS, { from_job: fromJob }) },
  { stage: 'clustering', methods: formsOf(CLUSTERING_METHODS), beside: jsonSchema(besideClustering) },
  { stage: 'risk', methods: [], schema: jsonSchema(riskSchema) },
  { stage: 'visualization', methods: [], schema: jsonSchema(visualizationSchema) },
];
