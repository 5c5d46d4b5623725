import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import { plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { JOB_NOT_FOUND, jobId } from './job-json.ts';

const MOST_MOVED = 1000;
const share = z.number().nullable();

interface ComparisonAnswer {
  readonly parameters: readonly object[];
  readonly metrics: readonly {
    readonly name: string;
    readonly title: string;
    readonly first: number | null;
    readonly second: number | null;
    readonly greaterIsBetter: boolean;
  }[];
  readonly sameData: boolean;
  readonly sameSpace: boolean;
  readonly notes: readonly string[];
  readonly labels: {
    readonly common: number;
    readonly onlyFirst: number;
    readonly onlySecond: number;
    readonly adjustedRand: number | null;
    readonly normalizedMutualInformation: number | null;
    readonly adjustedMutualInformation: number | null;
    readonly table: readonly object[];
    readonly matches: readonly object[];
    readonly moved: number;
    readonly movedRows: readonly object[];
  } | null;
}

export const compareJobs = plainRoute({
  id: 'compareClusteringJobs',
  method: 'get',
  path: '/api/clustering-jobs/{id}/compare/{other}',
  tag: 'clustering',
  summary: 'Two jobs side by side: parameters, measures, labels, and the rows that move',
  query: z.object({
    moved: z
      .int()
      .min(0)
      .max(MOST_MOVED)
      .optional()
      .meta({ description: 'Rows that moved to tell one by one; 100 unless given.' }),
  }),
  response: z
    .object({
      jobs: z.tuple([z.string(), z.string()]),
      parameters: z.array(z.object({ name: z.string(), first: z.unknown(), second: z.unknown() })),
      metrics: z.array(
        z.object({ name: z.string(), title: z.string(), first: share, second: share, greater_is_better: z.boolean() }),
      ),
      same_data: z.boolean(),
      same_space: z.boolean().meta({ description: 'The measures were taken over the same numbers.' }),
      notes: z.array(z.string()).meta({ description: 'What cannot be compared, and why.' }),
      labels: z
        .object({
          common_rows: z.int(),
          only_first: z.int(),
          only_second: z.int(),
          adjusted_rand: share,
          normalized_mutual_information: share,
          adjusted_mutual_information: share,
          table: z.array(z.object({ first: z.int(), second: z.int(), rows: z.int() })),
          matches: z.array(z.object({ second: z.int(), first: z.int().nullable() })),
          moved: z.int(),
          moved_rows: z.array(z.object({ index: z.int(), first: z.int(), second: z.int() })),
        })
        .nullable()
        .meta({ description: 'Null where the data differ.' }),
    })
    .meta({ id: 'ClusteringComparison' }),
  errors: {
    ...JOB_NOT_FOUND,
    400: 'moved is no number from 0 to 1000',
    404: 'there is no such job, or its clustering has not run',
  },
  document: `query Compare($first: ID!, $second: ID!, $moved: Int!) {
    compareClusterings(first: $first, second: $second, moved: $moved) {
      ... on ClusteringComparison {
        parameters { name first second } metrics { name title first second greaterIsBetter } sameData sameSpace notes
        labels { common onlyFirst onlySecond adjustedRand normalizedMutualInformation adjustedMutualInformation
          table { first second rows } matches { second first } moved movedRows { index first second } } }
      ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id, other }, query }) {
    const asked = query.get('moved') ?? '100';
    if (!/^\d{1,4}$/.test(asked)) throw new RestError('INVALID_INPUT', 'moved must be a number', { field: 'moved' });
    const found = (await run({ first: jobId(id), second: jobId(other), moved: Number(asked) })) as ComparisonAnswer;
    const { parameters, metrics, sameData, sameSpace, notes, labels } = found;
    return {
      value: {
        jobs: [id, other],
        parameters,
        metrics: metrics.map(({ greaterIsBetter, ...metric }) => ({ ...metric, greater_is_better: greaterIsBetter })),
        same_data: sameData,
        same_space: sameSpace,
        notes,
        labels: labels && {
          common_rows: labels.common,
          only_first: labels.onlyFirst,
          only_second: labels.onlySecond,
          adjusted_rand: labels.adjustedRand,
          normalized_mutual_information: labels.normalizedMutualInformation,
          adjusted_mutual_information: labels.adjustedMutualInformation,
          table: labels.table,
          matches: labels.matches,
          moved: labels.moved,
          moved_rows: labels.movedRows,
        },
      },
    };
  },
});
