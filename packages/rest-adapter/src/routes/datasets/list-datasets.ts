import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import { plainRoute } from '../../route.ts';
import { type DatasetAnswer, datasetSummary, SUMMARY_FIELDS, summaryJson } from './dataset-json.ts';

const MOST = 1000;

export const listDatasets = plainRoute({
  id: 'listDatasets',
  method: 'get',
  path: '/api/datasets',
  tag: 'tables',
  summary: 'Uploaded tables, newest first',
  query: z.object({
    limit: z.int().min(1).max(MOST).default(MOST).optional(),
    offset: z.int().min(0).default(0).optional(),
    page: z.int().min(1).optional().meta({ description: 'Instead of offset: of `limit` data sets, 100 unless given.' }),
  }),
  response: z.array(datasetSummary),
  errors: { 400: 'limit, offset or page is none' },
  document: `query Datasets($limit: Int!, $offset: Int!) { uploadedDatasets(limit: $limit, offset: $offset) { ${SUMMARY_FIELDS} } }`,
  async handle(run, address) {
    const { query } = address;
    const page = number(query, 'page', undefined);
    const limit = number(query, 'limit', page === undefined ? MOST : 100);
    const offset = page === undefined ? number(query, 'offset', 0) : (page - 1) * (limit ?? 0);
    const found = (await run({ limit, offset })) as readonly DatasetAnswer<{ readonly name: string }>[];
    // One that was deleted since the list was read has no table any more.
    return { value: found.filter(({ table }) => table).map((dataset) => summaryJson(dataset, address)) };
  },
});

function number(query: URLSearchParams, name: string, fallback: number | undefined): number | undefined {
  const text = query.get(name);
  if (text === null) return fallback;
  const least = name === 'offset' ? 0 : 1;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && (name !== 'limit' || value <= MOST)) return value;
  const most = name === 'limit' ? ` to ${MOST}` : '';
  throw new RestError('INVALID_INPUT', `${name} must be a whole number from ${least}${most || ' on'}`, { field: name });
}
