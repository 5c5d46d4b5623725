import { z } from 'zod';
import { jsonRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { globalId } from '../datasets/dataset-json.ts';
import { jobParams, newJob } from './jobs.ts';

interface Range {
  readonly low: number;
  readonly high: number;
}

interface ForecastAnswer {
  readonly accepted: boolean;
  readonly limit: number;
  readonly exact: boolean;
  readonly seconds: Range;
  readonly notes: readonly string[];
  readonly stages: readonly {
    readonly stage: string;
    readonly method: string | null;
    readonly rows: number;
    readonly columns: number;
    readonly bytes: number;
    readonly planned: number;
    readonly refused: boolean;
    readonly seconds: Range;
    readonly mostRows: number | null;
    readonly methods: readonly string[] | null;
  }[];
}

const range = z.object({ low: z.number(), high: z.number() });

const stageBody = z.object({
  stage: z.string(),
  method: z.string().nullable(),
  rows: z.int(),
  columns: z.int(),
  peak_bytes: z.number().meta({ description: 'The rows themselves included.' }),
  planned_bytes: z.number().meta({ description: 'What the method plans for itself: held against the limit.' }),
  refused: z.boolean(),
  seconds: range.meta({ description: 'Between which it will most likely take.' }),
  most_rows: z.int().nullable().meta({ description: 'Of a refused one: rows that would fit.' }),
  methods: z.array(z.string()).nullable().meta({ description: 'Of a refused one: methods that take all the rows.' }),
});

export const forecastJob = jsonRoute({
  id: 'forecastClusteringJob',
  method: 'post',
  path: '/api/clustering-jobs/forecast',
  tag: 'clustering',
  summary: 'What a job would need, and whether it would be accepted; none is made',
  bodyLimit: 1024 * 1024,
  request: newJob,
  response: z
    .object({
      accepted: z.boolean(),
      limit_bytes: z.number().meta({ description: 'That a stage may plan for.' }),
      exact: z.boolean().meta({ description: 'False where rows and columns are the most there can be.' }),
      seconds: range.meta({ description: 'Of these stages together.' }),
      stages: z.array(stageBody),
      notes: z.array(z.string()),
    })
    .meta({ id: 'ClusteringForecast' }),
  errors: { 400: 'a parameter is wrong; `detail` names it', 404: 'there is no such data set or preset' },
  document: `query Forecast($dataset: ID!, $preset: String, $params: Json, $seed: Int) {
    clusteringForecast(dataset: $dataset, preset: $preset, params: $params, seed: $seed) {
      ... on ClusteringForecast { accepted limit exact notes seconds { low high }
        stages { stage method rows columns bytes planned refused mostRows methods seconds { low high } } } ${ERROR_FIELDS}
    } }`,
  async handle(run, body) {
    const { dataset, preset, seed } = body;
    const variables = { dataset: globalId(dataset), preset, seed, params: jobParams(body) };
    const { accepted, limit, exact, notes, seconds, stages } = (await run(variables)) as ForecastAnswer;
    return {
      value: {
        accepted,
        limit_bytes: limit,
        exact,
        seconds,
        stages: stages.map(({ bytes, planned, mostRows, ...stage }) => ({
          ...stage,
          peak_bytes: bytes,
          planned_bytes: planned,
          most_rows: mostRows,
        })),
        notes,
      },
    };
  },
});
