import { z } from 'zod';
import { jsonRoute, plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { asBadRequest, JOB_FIELDS, type JobAnswer, jobBody, jobId, jobJson } from './job-json.ts';

const errors = {
  400: 'the cut cannot be, or the clustering is not agglomerative',
  404: 'there is no such job, or its clustering has not run',
} as const;

const cut = z.strictObject({ height: z.number().optional(), clusters: z.int().optional() });

const numbers = z.array(z.number());

export const dendrogramCut = plainRoute({
  id: 'dendrogramCut',
  method: 'get',
  path: '/api/clustering-jobs/{id}/dendrogram',
  tag: 'clustering',
  summary: 'What a cut of the tree of an agglomerative clustering would leave; nothing is run again',
  query: z.object({ height: z.coerce.number(), clusters: z.coerce.number(), leaves: z.coerce.number() }).partial(),
  response: z
    .looseObject({
      clusters: z.int(),
      height: z.number(),
      from: z.number(),
      to: z.number(),
      sizes: numbers,
      counts: numbers,
      labels: numbers,
      children: numbers,
      heights: numbers,
    })
    .meta({ id: 'DendrogramCut', description: 'Also `chart`, the option of ECharts.' }),
  errors,
  document: `query Cut($id: ID!, $height: Float, $clusters: Int, $leaves: Int) {
    dendrogramCut(job: $id, height: $height, clusters: $clusters, leaves: $leaves) { ... on DendrogramCut {
      clusters height from to sizes counts labels children heights chart } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id }, query }) {
    const number = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
    const asked = { height: number('height'), clusters: number('clusters'), leaves: number('leaves') };
    return { value: await asBadRequest(run({ id: jobId(id), ...asked })) };
  },
});

export const takeDendrogramCut = jsonRoute({
  id: 'takeDendrogramCut',
  method: 'post',
  path: '/api/clustering-jobs/{id}/dendrogram',
  tag: 'clustering',
  summary: 'A new job with this cut; what comes before the clustering is used again',
  bodyLimit: 4096,
  request: cut,
  response: jobBody,
  status: 201,
  errors,
  document: `mutation TakeCut($id: ID!, $height: Float, $clusters: Int) {
    takeDendrogramCut(job: $id, height: $height, clusters: $clusters) { ... on Job { ${JOB_FIELDS} } ${ERROR_FIELDS} } }`,
  async handle(run, body, address) {
    const job = await asBadRequest(run({ id: jobId(address.params.id), ...body }));
    return { value: jobJson(job as JobAnswer, address) };
  },
});
