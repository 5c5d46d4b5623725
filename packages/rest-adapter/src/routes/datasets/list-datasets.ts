import { z } from 'zod';
import { plainRoute } from '../../route.ts';
import { pageOf, pageQuery } from '../page.ts';
import { type DatasetAnswer, datasetSummary, SUMMARY_FIELDS, summaryJson } from './dataset-json.ts';

const MOST = 1000;

export const listDatasets = plainRoute({
  id: 'listDatasets',
  method: 'get',
  path: '/api/datasets',
  tag: 'tables',
  summary: 'Uploaded tables, newest first',
  query: pageQuery(MOST),
  response: z.array(datasetSummary),
  errors: { 400: 'limit, offset or page is none' },
  document: `query Datasets($limit: Int!, $offset: Int!) { uploadedDatasets(limit: $limit, offset: $offset) { ${SUMMARY_FIELDS} } }`,
  async handle(run, address) {
    const { query } = address;
    const page = pageOf(query, { most: MOST, usual: query.has('page') ? 100 : MOST });
    const found = (await run(page)) as readonly DatasetAnswer<{ readonly name: string }>[];
    // One that was deleted since the list was read has no table any more.
    return { value: found.filter(({ table }) => table).map((dataset) => summaryJson(dataset, address)) };
  },
});
