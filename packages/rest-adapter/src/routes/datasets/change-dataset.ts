import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import type { ReceivedForm } from '../../receive-form.ts';
import { type Address, formRoute, plainRoute } from '../../route.ts';
import { ERROR_FIELDS, type RunDocument } from '../../run-document.ts';
import { UPLOAD_ERRORS } from './create-dataset.ts';
import { DATASET_FIELDS, type DatasetAnswer, datasetBody, datasetJson, globalId, NOT_FOUND } from './dataset-json.ts';
import { changeForm, readingOf, requiredFile, uploadForm } from './upload-form.ts';

const document = `mutation ChangeDataset($id: ID!, $name: String, $file: Upload, $encoding: TableEncoding, $delimiter: TableDelimiter, $upload: String) {
    changeDataset(id: $id, name: $name, file: $file, encoding: $encoding, delimiter: $delimiter, upload: $upload) {
      ... on Dataset { ${DATASET_FIELDS} } ${ERROR_FIELDS}
    } }`;

const errors = { ...UPLOAD_ERRORS, ...NOT_FOUND };
const shared = { path: '/api/datasets/{id}', tag: 'tables', response: datasetBody, errors, document } as const;

export const replaceDataset = formRoute({
  ...shared,
  id: 'replaceDataset',
  method: 'put',
  summary: 'Another name and another file: its newest version',
  request: uploadForm,
  handle: (run, form, address) => change(run, form, address, { file: requiredFile(form) }),
});

export const updateDataset = formRoute({
  ...shared,
  id: 'updateDataset',
  method: 'patch',
  summary: 'Another name or another file; a name alone may come as JSON too',
  request: changeForm,
  handle: (run, form, address) => {
    const file = form.files.get('file');
    if (!file && !form.fields.has('name')) {
      throw new RestError('INVALID_INPUT', 'name or file is required', { field: 'name' });
    }
    return change(run, form, address, file ? { file } : {});
  },
});

async function change(run: RunDocument, form: ReceivedForm, address: Address, file: Record<string, unknown>) {
  const variables = { id: globalId(address.params.id), name: form.fields.get('name'), ...file, ...readingOf(form) };
  return { value: datasetJson((await run(variables)) as DatasetAnswer, address) };
}

export const removeDataset = plainRoute({
  id: 'deleteDataset',
  method: 'delete',
  path: '/api/datasets/{id}',
  tag: 'tables',
  summary: 'Delete a data set with its files and those that its jobs have made',
  response: z.undefined(),
  status: 204,
  errors: { ...NOT_FOUND, 409: 'a job of it waits or runs' },
  document: `mutation DeleteDataset($id: ID!) { deleteDataset(id: $id) { ... on DeletedDataset { uuid } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id } }) {
    await run({ id: globalId(id) });
    return { value: undefined };
  },
});
