import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import { plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { flatParameters, jobId } from './job-json.ts';

const MOST = 5000;
const value = z.number().nullable();

interface EntryAnswer {
  readonly calinskiHarabasz: number | null;
  readonly daviesBouldin: number | null;
  readonly densityValidity: number | null;
  readonly adjustedRand: number | null;
  readonly sameAs: number | null;
  readonly params: Record<string, unknown> | null;
}

interface BoardAnswer {
  readonly rows: number;
  readonly sampleRows: number;
  readonly formula: string;
  readonly notes: readonly string[];
  readonly trials: Record<string, number>;
  readonly entries: readonly EntryAnswer[];
}

const entryBody = z.object({
  rank: z.int().nullable().meta({ description: 'From 1; null of trials without a result.' }),
  trial: z.int(),
  name: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  preparation: z.string(),
  reduction: z.string(),
  method: z.string(),
  clusters: z.int().nullable(),
  sizes: z.array(z.int()),
  noise: value,
  silhouette: value,
  calinski_harabasz: value,
  davies_bouldin: value,
  density_validity: value,
  stability: value,
  score: value.meta({ description: 'The higher the better, as `formula` says.' }),
  adjusted_rand: value.meta({ description: 'Against `label_column`; it counts nothing for the rank.' }),
  rows: z.int().nullable(),
  same_as: z.int().nullable().meta({ description: 'The trial that found the same clusters.' }),
  summary: z.string().nullable(),
  parameters: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: 'As `POST /api/clustering-jobs/` takes them.' }),
});

export const getLeaderboard = plainRoute({
  id: 'getClusteringLeaderboard',
  method: 'get',
  path: '/api/clustering-searches/{id}/leaderboard',
  tag: 'clustering',
  summary: 'The trials of a search, best first',
  query: z.object({
    limit: z.int().min(1).max(MOST).optional().meta({ description: 'Entries to show; 100 unless given.' }),
  }),
  response: z
    .object({
      rows: z.int(),
      sample_rows: z.int(),
      formula: z.string(),
      notes: z.array(z.string()),
      trials: z.record(z.string(), z.int()).meta({ description: 'How many of each state.' }),
      entries: z.array(entryBody),
    })
    .meta({ id: 'ClusteringLeaderboard' }),
  errors: { 400: `limit is no number from 1 to ${MOST}`, 404: 'there is no such search, or it has not ended' },
  document: `query Board($search: ID!, $first: Int!) { clusteringLeaderboard(search: $search) {
    ... on ClusteringLeaderboard { rows sampleRows formula notes trials entries(first: $first) {
      rank trial name state reason preparation reduction method clusters sizes noise silhouette calinskiHarabasz
      daviesBouldin densityValidity stability score adjustedRand rows sameAs summary params } } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id }, query }) {
    const asked = query.get('limit') ?? '100';
    const first = /^\d{1,4}$/.test(asked) ? Number(asked) : 0;
    if (first < 1 || first > MOST)
      throw new RestError('INVALID_INPUT', `limit must be 1 to ${MOST}`, { field: 'limit' });
    const { sampleRows, entries, ...board } = (await run({ search: jobId(id), first })) as BoardAnswer;
    return {
      value: {
        ...board,
        sample_rows: sampleRows,
        entries: entries.map(
          ({ calinskiHarabasz, daviesBouldin, densityValidity, adjustedRand, sameAs, params, ...entry }) => ({
            ...entry,
            calinski_harabasz: calinskiHarabasz,
            davies_bouldin: daviesBouldin,
            density_validity: densityValidity,
            adjusted_rand: adjustedRand,
            same_as: sameAs,
            parameters: params && flatParameters(params),
          }),
        ),
      },
    };
  },
});
