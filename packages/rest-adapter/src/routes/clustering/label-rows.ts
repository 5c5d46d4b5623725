import { z } from 'zod';
import { fileRoute, jsonRoute, plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { globalId } from '../datasets/dataset-json.ts';
import { DERIVED_FIELDS, type DerivedJobAnswer, derivedJobBody, derivedJobJson } from './derived-job-json.ts';
import { downloadOf } from './job-file.ts';
import { JOB_NOT_FOUND, jobId } from './job-json.ts';

const BASE = '/api/label-jobs';
const CANNOT =
  'a column is missing, not known or of another type, or the job cannot label new rows; `detail` says which';

interface LabelsAnswer {
  readonly rows: readonly { readonly cluster: number; readonly value: number | null }[];
  readonly method: string;
  readonly rule: string;
  readonly natural: boolean;
  readonly valueKind: string;
  readonly ownShare: number | null;
  readonly ownRows: number | null;
}

export const predictRows = jsonRoute({
  id: 'predictClusters',
  method: 'post',
  path: '/api/clustering-jobs/{id}/predict',
  tag: 'clustering',
  summary: 'Label new rows by what the job has fitted',
  bodyLimit: 4 * 1024 * 1024,
  request: z.strictObject({
    rows: z
      .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
      .min(1)
      .meta({ description: 'Up to 1000, each an object of values by column, null for a missing one.' }),
  }),
  response: z
    .object({
      rows: z.array(z.object({ Cluster: z.int(), value: z.number().nullable() })),
      method: z.string(),
      rule: z.string(),
      natural: z
        .boolean()
        .meta({ description: 'The method itself is defined for new rows; else the rule is our own.' }),
      value: z.enum(['distance', 'probability']).meta({ description: 'What `value` of a row is.' }),
      own_share: z
        .number()
        .nullable()
        .meta({ description: 'Of the rows of the fit that get their own label this way.' }),
      own_rows: z.int().nullable(),
    })
    .meta({ id: 'ClusterLabels' }),
  errors: {
    400: CANNOT,
    404: 'there is no such job, or its clustering has not run',
    413: 'there are more than 1000 rows',
  },
  document: `query Labels($job: ID!, $rows: [Json!]!) { clusterLabels(job: $job, rows: $rows) {
    ... on ClusterLabels { rows { cluster value } method rule natural valueKind ownShare ownRows } ${ERROR_FIELDS} } }`,
  async handle(run, { rows }, { params: { id } }) {
    const found = (await run({ job: jobId(id), rows })) as LabelsAnswer;
    const { method, rule, natural, valueKind, ownShare, ownRows } = found;
    return {
      value: {
        rows: found.rows.map(({ cluster, value }) => ({ Cluster: cluster, value })),
        method,
        rule,
        natural,
        value: valueKind,
        own_share: ownShare,
        own_rows: ownRows,
      },
    };
  },
});

export const labelDataset = jsonRoute({
  id: 'labelDataset',
  method: 'post',
  path: '/api/clustering-jobs/{id}/label_dataset',
  tag: 'clustering',
  summary: 'Label another data set by what the job has fitted',
  description: 'Answers at once with a job whose file `labelled.csv` will have the result.',
  bodyLimit: 64 * 1024,
  request: z.strictObject({ dataset: z.uuid() }),
  response: derivedJobBody,
  status: 202,
  errors: { 400: CANNOT, 404: 'there is no such job or data set, or its clustering has not run' },
  document: `mutation LabelDataset($job: ID!, $dataset: ID!) { labelDataset(job: $job, dataset: $dataset) {
    ... on Job { ${DERIVED_FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, { dataset }, address) {
    const job = (await run({ job: jobId(address.params.id), dataset: globalId(dataset) })) as DerivedJobAnswer;
    return { value: derivedJobJson(job, BASE, address) };
  },
});

export const getLabelJob = plainRoute({
  id: 'getLabelJob',
  method: 'get',
  path: `${BASE}/{id}`,
  tag: 'clustering',
  summary: 'How far the labelling of a data set is',
  response: derivedJobBody,
  errors: JOB_NOT_FOUND,
  document: `query LabelJob($id: ID!) { labellingJob(id: $id) { ... on Job { ${DERIVED_FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, address) {
    return { value: derivedJobJson((await run({ id: jobId(address.params.id) })) as DerivedJobAnswer, BASE, address) };
  },
});

export const downloadLabelFile = fileRoute({
  id: 'downloadLabelFile',
  method: 'get',
  path: `${BASE}/{id}/files/{name}`,
  tag: 'clustering',
  summary: 'The labelled data set',
  type: 'application/octet-stream',
  response: z.string().meta({ format: 'binary' }),
  errors: { 404: 'there is no such job, or it has no such file yet' },
  document: `query LabelFile($id: ID!, $name: String!) { labellingFile(job: $id, name: $name) {
    ... on Artifact { name bytes objectKey } ${ERROR_FIELDS} } }`,
  handle: (run, { params: { id, name } }) => downloadOf(run({ id: jobId(id), name })),
});
