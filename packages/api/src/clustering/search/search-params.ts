/** Parameters of a search; what the form, the checks and the documentation of REST and GraphQL follow from. */
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { z } from 'zod';
import type { StageContext } from '../../pipelines/stage.ts';
import { clusteringParams, NONE } from '../clustering-params.ts';
import { CLUSTERING_METHODS, methodNamed, REDUCTION_METHODS, requestName } from '../methods.ts';
import { PREPARATIONS, type Preparation } from './preparations.ts';

/** Longer ones would meet the time-out of a stage. */
const MOST_SECONDS = 1200;

/** Names of methods, however they are written, as the registry has them. */
function namesOf(methods: readonly AnyAlgorithm[], mayBeNone: boolean) {
  const names = [...(mayBeNone ? [NONE] : []), ...methods.map(({ name }) => requestName(name))];
  return z
    .array(
      // What to choose from; other spellings of a name are taken too.
      z
        .string()
        .meta({ examples: names })
        .transform((wanted, context) => {
          if (mayBeNone && wanted.toLowerCase() === NONE) return NONE;
          const found = methodNamed(methods, wanted);
          if (found) return found.name;
          context.addIssue({ code: 'custom', message: `there is no method ${wanted}; there are ${names.join(', ')}` });
          return z.NEVER;
        }),
    )
    .min(1)
    .describe(`Of ${names.join(', ')}`);
}

/** Methods that learn places of rows and no map cannot label new rows, and the autoencoder takes most of a budget. */
const TRIED_REDUCTIONS = REDUCTION_METHODS.filter(
  (method) => method.noNewRows === undefined && method.name !== 'autoencoder',
);

const { columns, label_column, feature_groups, column_groups, row_filter } = clusteringParams.shape;

const fields = z.strictObject({
  budget_seconds: z
    .number()
    .min(1)
    .max(MOST_SECONDS)
    .nullable()
    .optional()
    .describe('Seconds to search; 60, or with `max_trials` no limit, unless given'),
  max_trials: z
    .int()
    .min(1)
    .max(5000)
    .nullable()
    .default(null)
    .describe('Most trials; alone it makes the leaderboard a matter of data, parameters and seed, whatever the time'),
  n_clusters: z
    .strictObject({ from: z.int().min(2).default(2), to: z.int().min(2).max(100).default(20) })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is below from' })
    .prefault({})
    .describe('Numbers of clusters to try: all up to 10, of more every few'),
  preparations: z
    .array(z.enum(Object.keys(PREPARATIONS) as [Preparation, ...Preparation[]]))
    .min(1)
    .default(Object.keys(PREPARATIONS) as Preparation[])
    .describe('Ways to fill, bend and scale the columns'),
  reductions: namesOf(TRIED_REDUCTIONS, true).default([NONE, 'pca', 'umap']).meta({ title: 'Reductions' }),
  methods: namesOf(CLUSTERING_METHODS, false)
    .default(CLUSTERING_METHODS.map(({ name }) => name))
    .meta({ title: 'Clustering methods' }),
  sample_rows: z
    .int()
    .min(100)
    .max(20_000)
    .default(2000)
    .describe('Rows on which all trials begin; only finalists of larger tables see all rows'),
  finalists: z.int().min(1).max(50).default(8).describe('Best trials that are fitted to all rows'),
  n_bootstraps: z
    .int()
    .min(0)
    .max(100)
    .default(10)
    .describe('Resamples by which the stability of a finalist is measured; 0: it is not'),
  columns,
  label_column,
  feature_groups,
  column_groups,
  row_filter,
});

const USUAL_SECONDS = 60;

export const searchParams = fields
  .transform((params) => ({
    ...params,
    budget_seconds:
      params.budget_seconds === undefined ? (params.max_trials === null ? USUAL_SECONDS : null) : params.budget_seconds,
  }))
  .refine(({ budget_seconds, max_trials }) => budget_seconds !== null || max_trials !== null, {
    path: ['budget_seconds'],
    message: 'where it is null, `max_trials` says when to end',
  });
export type SearchParams = z.output<typeof searchParams>;

/** All of them: which of them change a stage's result is not worth telling apart. */
export const SEARCH_PARAMS = Object.keys(fields.shape);

export const searchForm = () => z.toJSONSchema(searchParams, { io: 'input' });

/** Of the job that a stage belongs to; they were checked when it was created. */
export const searchParamsOf = ({ params }: StageContext): SearchParams => searchParams.parse(params);
