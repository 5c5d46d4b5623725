import { z } from 'zod';
import { jsonRoute, plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { globalId } from '../datasets/dataset-json.ts';
import { pageOf, pageQuery } from '../page.ts';
import { JOB_FIELDS, JOB_NOT_FOUND, type JobAnswer, jobBody, jobId, jobJson } from './job-json.ts';

const MOST = 1000;

export const listJobs = plainRoute({
  id: 'listClusteringJobs',
  method: 'get',
  path: '/api/clustering-jobs',
  tag: 'clustering',
  summary: 'Clustering jobs, newest first',
  query: pageQuery(MOST),
  response: z.array(jobBody),
  errors: { 400: 'limit, offset or page is none' },
  document: `query Jobs($limit: Int!, $offset: Int!) { clusteringJobs(limit: $limit, offset: $offset) { ${JOB_FIELDS} } }`,
  async handle(run, address) {
    const found = (await run(pageOf(address.query, { most: MOST, usual: 100 }))) as readonly JobAnswer[];
    return { value: found.map((job) => jobJson(job, address)) };
  },
});

const method = z.string().min(1);
const params = z.record(z.string(), z.unknown());

/** As the contract has it: a method and its parameters stand side by side. */
export const newJob = z.strictObject({
  dataset: z.uuid(),
  preset: z.string().optional().meta({ description: 'Its parameters are the ones that `parameters` does not give.' }),
  parameters: z
    .strictObject({
      preprocessing: params.optional(),
      feature_selection_method: method.optional(),
      dimensionality_reduction_method: method.optional(),
      clustering_algorithm: method.optional(),
      feature_selection: params.optional(),
      dimensionality_reduction: params.optional(),
      clustering: params.optional(),
      columns: z.array(z.string()).nullable().optional(),
      feature_groups: z.array(z.string()).nullable().optional(),
      column_groups: params.nullable().optional(),
      row_filter: params.nullable().optional(),
      geo: params.nullable().optional(),
      default_columns: z.array(z.string()).nullable().optional(),
      label_column: z.string().nullable().optional(),
      automatic_k: params.nullable().optional(),
      stability: params.nullable().optional(),
      visualization: params.optional(),
      risk: params.optional(),
    })
    .optional(),
  seed: z.int().min(0).optional(),
});

export function jobParams({ parameters = {} }: z.output<typeof newJob>): Record<string, unknown> {
  const {
    feature_selection_method,
    dimensionality_reduction_method,
    clustering_algorithm,
    feature_selection,
    dimensionality_reduction,
    clustering,
    ...others
  } = parameters;
  const chosen = (name: string, chosenMethod: string | undefined, own: Record<string, unknown> | undefined) =>
    chosenMethod === undefined && own === undefined
      ? {}
      : { [name]: { ...(chosenMethod === undefined ? {} : { method: chosenMethod }), params: own ?? {} } };
  return {
    ...others,
    ...chosen('feature_selection', feature_selection_method, feature_selection),
    ...chosen('dimensionality_reduction', dimensionality_reduction_method, dimensionality_reduction),
    ...chosen('clustering', clustering_algorithm, clustering),
  };
}

export const createJob = jsonRoute({
  id: 'createClusteringJob',
  method: 'post',
  path: '/api/clustering-jobs',
  tag: 'clustering',
  summary: 'Make a job on a data set; it waits to be told which stages to run',
  bodyLimit: 1024 * 1024,
  request: newJob,
  response: jobBody,
  status: 201,
  errors: { 400: 'a parameter is wrong; `detail` names it', 404: 'there is no such data set or preset' },
  document: `mutation CreateClusteringJob($dataset: ID!, $preset: String, $params: Json, $seed: Int) {
    createClusteringJob(dataset: $dataset, preset: $preset, params: $params, seed: $seed) {
      ... on Job { ${JOB_FIELDS} } ${ERROR_FIELDS}
    } }`,
  async handle(run, body, address) {
    const { dataset, preset, seed } = body;
    const job = (await run({ dataset: globalId(dataset), preset, seed, params: jobParams(body) })) as JobAnswer;
    return { value: jobJson(job, address) };
  },
});

export const getJob = plainRoute({
  id: 'getClusteringJob',
  method: 'get',
  path: '/api/clustering-jobs/{id}',
  tag: 'clustering',
  summary: 'A job: how far it is, its parameters, measures and files',
  response: jobBody,
  errors: JOB_NOT_FOUND,
  document: `query ClusteringJob($id: ID!) { clusteringJob(id: $id) { ... on Job { ${JOB_FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, address) {
    return { value: jobJson((await run({ id: jobId(address.params.id) })) as JobAnswer, address) };
  },
});

export const removeJob = plainRoute({
  id: 'deleteClusteringJob',
  method: 'delete',
  path: '/api/clustering-jobs/{id}',
  tag: 'clustering',
  summary: 'Delete a job and its files',
  response: z.undefined(),
  status: 204,
  errors: { ...JOB_NOT_FOUND, 409: 'it waits for a worker or runs' },
  document: `mutation DeleteClusteringJob($id: ID!) { deleteClusteringJob(id: $id) { ... on Job { uuid } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id } }) {
    await run({ id: jobId(id) });
    return { value: undefined };
  },
});
