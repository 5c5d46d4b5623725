import { z } from 'zod';
import { fileRoute } from '../../route.ts';
import { globalId, NOT_FOUND, notThere } from './dataset-json.ts';

interface FileAnswer {
  readonly table: { readonly fileName: string; readonly bytes: number; readonly objectKey: string } | null;
}

export const downloadDataset = fileRoute({
  id: 'downloadDataset',
  method: 'get',
  path: '/api/datasets/{id}/file',
  tag: 'tables',
  summary: 'The file, byte for byte as it was uploaded',
  type: 'text/csv',
  response: z.string().meta({ format: 'binary' }),
  errors: NOT_FOUND,
  document: 'query DatasetFile($id: ID!) { dataset(id: $id) { table { fileName bytes objectKey } } }',
  async handle(run, { params: { id } }) {
    const found = (await run({ id: globalId(id) })) as FileAnswer | null;
    if (!found?.table) throw notThere(id);
    const { fileName, bytes, objectKey } = found.table;
    return { key: objectKey, bytes, type: 'text/csv', name: fileName || 'table.csv' };
  },
});
