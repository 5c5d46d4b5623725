import { z } from 'zod';
import { plainRoute } from '../../route.ts';
import {
  columnProfile,
  DATASET_FIELDS,
  type DatasetAnswer,
  datasetBody,
  datasetJson,
  globalId,
  NOT_FOUND,
  notThere,
  profileJson,
} from './dataset-json.ts';

const document = `query Dataset($id: ID!) { dataset(id: $id) { ${DATASET_FIELDS} } }`;

export const getDataset = plainRoute({
  id: 'getDataset',
  method: 'get',
  path: '/api/datasets/{id}',
  tag: 'tables',
  summary: 'A data set, its first rows and the profile of its columns',
  response: datasetBody,
  errors: NOT_FOUND,
  document,
  async handle(run, address) {
    const { id } = address.params;
    const found = (await run({ id: globalId(id) })) as DatasetAnswer | null;
    if (!found) throw notThere(id);
    return { value: datasetJson(found, address) };
  },
});

export const getProfile = plainRoute({
  id: 'getDatasetProfile',
  method: 'get',
  path: '/api/datasets/{id}/profile',
  tag: 'tables',
  summary: 'What is in each column',
  response: z.object({ id: z.uuid(), rows: z.int(), columns: z.array(columnProfile) }).meta({ id: 'DatasetProfile' }),
  errors: NOT_FOUND,
  document,
  async handle(run, { params: { id } }) {
    const found = (await run({ id: globalId(id) })) as DatasetAnswer | null;
    if (!found?.table) throw notThere(id);
    return { value: { id: found.uuid, rows: found.table.rows, columns: profileJson(found) } };
  },
});
