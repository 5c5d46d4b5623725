import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import { plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { pageOf, pageQuery } from '../page.ts';
import { jobId } from './job-json.ts';

const MOST = 1000;

interface RiskRowAnswer {
  readonly index: number;
  readonly cluster: number;
  readonly score: number;
  readonly color: string;
  readonly features: Record<string, number>;
}

export const riskAnalysis = plainRoute({
  id: 'riskAnalysis',
  method: 'get',
  path: '/api/risk-analysis/{job_id}',
  tag: 'clustering',
  summary: 'The risk score of each row',
  query: pageQuery(MOST).extend({ order: z.enum(['index', '-risk_score']).optional() }),
  response: z
    .object({
      count: z.int().meta({ description: 'Of all rows.' }),
      data: z.array(
        z.looseObject({
          index: z.int(),
          Cluster: z.int(),
          risk_score: z.number().min(0).max(1),
          risk_color: z.enum(['green', 'yellow', 'red']),
        }),
      ),
    })
    .meta({ id: 'RiskAnalysis', description: 'Beside what is named, the scaled value of each feature.' }),
  errors: { 400: 'limit, offset or page is none', 404: 'there is no such job, or its clustering has not run' },
  document: `query Risk($job: ID!, $limit: Int!, $offset: Int!, $highestFirst: Boolean!) {
    riskAnalysis(job: $job, limit: $limit, offset: $offset, highestFirst: $highestFirst) {
      ... on RiskPage { total rows { index cluster score color features } } ${ERROR_FIELDS}
    } }`,
  async handle(run, { params: { job_id }, query }) {
    const page = pageOf(query, { most: MOST, usual: 100 });
    const highestFirst = query.get('order') === '-risk_score';
    const found = (await run({ job: jobId(job_id), ...page, highestFirst })) as {
      total: number;
      rows: RiskRowAnswer[];
    };
    const data = found.rows.map(({ index, cluster, score, color, features }) => ({
      ...features,
      index,
      Cluster: cluster,
      risk_score: score,
      risk_color: color,
    }));
    return { value: { count: found.total, data } };
  },
});

export const riskExplanation = plainRoute({
  id: 'riskExplanation',
  method: 'get',
  path: '/api/risk-analysis/{job_id}/{index}',
  tag: 'clustering',
  summary: 'What the risk score of a row is made of: SHAP values',
  response: z
    .object({
      index: z.int(),
      base_value: z.number(),
      score: z.number(),
      contributions: z.array(z.object({ feature: z.string(), value: z.number(), contribution: z.number() })),
      shap_url: z.string().meta({ description: 'The same as a picture (PNG).' }),
    })
    .meta({ id: 'RiskExplanation' }),
  errors: {
    400: 'index is no row of the data set, or that row was left out as an outlier',
    404: 'there is no such job, or its clustering has not run',
  },
  document: `query RiskExplanation($job: ID!, $index: Int!) { riskExplanation(job: $job, index: $index) {
    ... on RiskExplanation { index base score contributions { feature value contribution } } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { job_id, index }, origin }) {
    const { base, ...rest } = (await run({ job: jobId(job_id), index: rowNumber(index) })) as {
      index: number;
      base: number;
      score: number;
      contributions: unknown[];
    };
    return {
      value: { ...rest, base_value: base, shap_url: `${origin}/api/risk-analysis/${job_id}/${index}/shap.png` },
    };
  },
});

export const riskPicture = plainRoute({
  id: 'riskPicture',
  method: 'get',
  path: '/api/risk-analysis/{job_id}/{index}/shap.png',
  tag: 'clustering',
  summary: 'The SHAP values of a row as a picture',
  response: z.string().meta({ format: 'binary' }),
  errors: riskExplanation.errors,
  document: `query RiskPicture($job: ID!, $index: Int!) { riskPicture(job: $job, index: $index) {
    ... on RiskPicture { png } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { job_id, index } }) {
    const { png } = (await run({ job: jobId(job_id), index: rowNumber(index) })) as { png: string };
    return { text: Buffer.from(png, 'base64'), type: 'image/png' };
  },
});

function rowNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RestError('INVALID_INPUT', 'index must be the number of a row, from 0', { field: 'index' });
}
