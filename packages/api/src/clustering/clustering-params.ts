/** Parameters of a clustering job: those of the chosen methods, by the schemas of packages/ml. */
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { z } from 'zod';
import type { Json, StageContext } from '../pipelines/stage.ts';
import { CLUSTERING_METHODS, methodNamed, REDUCTION_METHODS, requestName, SELECTION_METHODS } from './methods.ts';

/** `none` hands on what it gets. */
export const NONE = 'none';

export interface Chosen {
  readonly method: string;
  readonly params: Record<string, Json>;
}

/** A method and its parameters: checked against the method's own schema, defaults filled in. */
function chosenOf(methods: readonly AnyAlgorithm[], fallback: string, mayBeNone: boolean) {
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
      const parsed = entry.params.strict().safeParse(params);
      if (parsed.success) return { method: entry.name, params: parsed.data as Record<string, Json> };
      for (const issue of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: ['params', ...issue.path], message: issue.message });
      }
      return z.NEVER;
    });
}

/** Shares of the risk score's range where its colours begin. */
const risk = z.strictObject({
  yellow: z.number().min(0).max(1).default(0.5).describe('Scores from here are yellow'),
  red: z.number().min(0).max(1).default(0.75).describe('Scores from here are red'),
  weights: z.record(z.string(), z.number()).default({}).describe('Weight of a feature in the sum, 1 unless given'),
});

export const clusteringParams = z.strictObject({
  columns: z.array(z.string()).nullable().default(null).describe('Columns to use; all unless given'),
  label_column: z.string().nullable().default(null).describe('Known classes, to compare with; never used as a feature'),
  preprocessing: z.record(z.string(), z.unknown()).default({}),
  feature_selection: chosenOf(SELECTION_METHODS, NONE, true),
  dimensionality_reduction: chosenOf(REDUCTION_METHODS, NONE, true),
  clustering: chosenOf(CLUSTERING_METHODS, CLUSTERING_METHODS[0]?.name ?? NONE, false),
  metrics: z.record(z.string(), z.unknown()).default({}),
  visualization: z.record(z.string(), z.unknown()).default({}),
  risk: risk
    .prefault({})
    .refine(({ yellow, red }) => yellow <= red, { path: ['red'], message: 'must not be below yellow' }),
});
export type ClusteringParams = z.output<typeof clusteringParams>;

/** Of the job that the stage belongs to; they were checked when it was created. */
export const stageParams = ({ params }: StageContext): ClusteringParams => clusteringParams.parse(params);

/** What a fit is given: the method's parameters, and the job's seed where chance is involved. */
export const fitParams = (method: AnyAlgorithm, chosen: Chosen, seed: number): Record<string, unknown> =>
  'seed' in method.params.shape ? { ...chosen.params, seed } : { ...chosen.params };
