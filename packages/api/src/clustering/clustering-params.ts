/** Parameters of a clustering job: those of the chosen methods, by the schemas of packages/ml. */

import { onlyWith } from '@kindred/ml/applies-when.ts';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { riskParams } from '@kindred/ml/explanation/additive-risk.ts';
import { preprocessParams } from '@kindred/ml/preprocessing/preprocess-params.ts';
import { z } from 'zod';
import type { Json, StageContext } from '../pipelines/stage.ts';
import { FEATURE_GROUPS } from '../stores/feature-groups.ts';
import { geoParams } from '../stores/geo-params.ts';
import { CLUSTERING_METHODS, methodNamed, REDUCTION_METHODS, requestName, SELECTION_METHODS } from './methods.ts';
import { stabilityParams } from './stability.ts';

/** `none` hands on what it gets. */
export const NONE = 'none';

export interface Chosen {
  readonly method: string;
  readonly params: Record<string, Json>;
}

/** Beside the parameters of a reduction. */
export const fromJob = z
  .uuid()
  .optional()
  .describe('An earlier job whose fitted reduction is taken over, instead of the other parameters');

/**
 * A method and its parameters: checked against the method's own schema, defaults filled in. Where it `mayTakeOver`, it may be told to use
 * what an earlier job has fitted.
 */
function chosenOf(methods: readonly AnyAlgorithm[], fallback: string, mayBeNone: boolean, mayTakeOver = false) {
  const names = [...(mayBeNone ? [NONE] : []), ...methods.map(({ name }) => requestName(name))];
  return z
    .object({
      method: z
        .string()
        .default(fallback)
        .describe(`One of ${names.join(', ')}`),
      params: z.record(z.string(), z.unknown()).default({}),
    })
    .prefault({})
    .transform(({ method, params }, context): Chosen => {
      if (mayBeNone && method.toLowerCase() === NONE) return { method: NONE, params: {} };
      const entry = methodNamed(methods, method);
      if (!entry) {
        context.addIssue({
          code: 'custom',
          path: ['method'],
          message: `there is no method ${method}; there are ${names.join(', ')}`,
        });
        return z.NEVER;
      }
      const taken = mayTakeOver && params.from_job !== undefined;
      if (taken && entry.kind === 'reducer' && entry.noNewRows !== undefined) {
        context.addIssue({ code: 'custom', path: ['params', 'from_job'], message: entry.noNewRows });
        return z.NEVER;
      }
      const schema = taken ? z.strictObject({ from_job: fromJob }) : entry.params.strict();
      const parsed = schema.safeParse(params);
      if (parsed.success) return { method: entry.name, params: parsed.data as Record<string, Json> };
      for (const issue of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: ['params', ...issue.path], message: issue.message });
      }
      return z.NEVER;
    });
}

export const riskSchema = z.strictObject({
  ...riskParams.shape,
  weights: z.record(z.string(), z.number()).default({}).describe('Weight of a feature in the sum, 1 unless given'),
});

/** Charts that are drawn unless others are asked for. */
export const CHARTS = [
  'pca',
  'scatter',
  'map',
  'sizes',
  'means',
  'distance_matrix',
  'dendrogram',
  'tsne',
  'umap',
] as const;

export const visualizationSchema = z.strictObject({
  charts: z
    .array(z.enum(CHARTS))
    .default([...CHARTS])
    .describe('Pictures to draw'),
  most_rows: z
    .int()
    .min(10)
    .default(5000)
    .describe('Rows that t-SNE and UMAP place; more are sampled')
    .meta(onlyWith('charts', 'tsne', 'umap')),
  tree_leaves: z
    .int()
    .min(2)
    .max(200)
    .default(30)
    .describe('Branches of the dendrogram')
    .meta(onlyWith('charts', 'dendrogram')),
});

const group = z.enum(FEATURE_GROUPS);

const rowFilter = z.strictObject({
  column: z.string().min(1),
  values: z.array(z.string()).min(1),
  if_present: z.boolean().default(false).describe('A table without the column is taken whole'),
});

/** What a clustering may be asked for whatever its method. */
export const besideClustering = z.strictObject({
  automatic_k: z
    .strictObject({ from: z.int().min(2).default(2), to: z.int().min(2).max(100).default(10) })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is below from' })
    .nullable()
    .default(null)
    .describe('Tries these numbers of clusters and takes the one that most measures vote for'),
  stability: stabilityParams
    .nullable()
    .default(null)
    .describe('How sure each cluster and the cluster of each row is, by bootstrap; not measured unless given'),
});

export const clusteringParams = z.strictObject({
  columns: z.array(z.string()).nullable().default(null).describe('Columns to use; all unless given'),
  label_column: z.string().nullable().default(null).describe('Known classes, to compare with; never used as a feature'),
  feature_groups: z
    .array(group)
    .min(1)
    .nullable()
    .default(null)
    .describe('Groups of columns to use; columns of no group count only where this is left out'),
  column_groups: z
    .record(z.string(), group.nullable())
    .nullable()
    .default(null)
    .describe("Group of each column; those that the data set's columnRoles say unless given"),
  row_filter: rowFilter.nullable().default(null).describe('Only rows with one of these values in the column'),
  geo: geoParams.nullable().default(null).describe('Features of where each row is among the others on the earth'),
  default_columns: z
    .array(z.string())
    .nullable()
    .default(null)
    .describe('Columns whose means the report tells first, used for clustering or not'),
  preprocessing: preprocessParams.strict().prefault({}),
  feature_selection: chosenOf(SELECTION_METHODS, NONE, true),
  dimensionality_reduction: chosenOf(REDUCTION_METHODS, NONE, true, true),
  clustering: chosenOf(CLUSTERING_METHODS, CLUSTERING_METHODS[0]?.name ?? NONE, false),
  ...besideClustering.shape,
  visualization: visualizationSchema.prefault({}),
  risk: riskSchema.prefault({}).refine(({ yellow_from, red_from }) => yellow_from <= red_from, {
    path: ['red_from'],
    message: 'is below yellow_from',
  }),
});
export type ClusteringParams = z.output<typeof clusteringParams>;

/** The job whose reduction is taken over, if any. */
export const earlierJobOf = ({ dimensionality_reduction: { params } }: ClusteringParams): string | undefined =>
  typeof params.from_job === 'string' ? params.from_job : undefined;

/** Of the job that the stage belongs to; they were checked when it was created. */
export const stageParams = ({ params }: StageContext): ClusteringParams => clusteringParams.parse(params);

/** What a fit is given: the method's parameters, and the job's seed where chance is involved. */
export const fitParams = (method: AnyAlgorithm, chosen: Chosen, seed: number): Record<string, unknown> =>
  'seed' in method.params.shape ? { ...chosen.params, seed } : { ...chosen.params };
