import { formRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { DATASET_FIELDS, type DatasetAnswer, datasetBody, datasetJson } from './dataset-json.ts';
import { readingOf, requiredFile, uploadForm } from './upload-form.ts';

export const UPLOAD_ERRORS = {
  400: 'a part is missing or wrong, or the form is broken',
  403: 'the form comes from a page of another origin',
  413: 'the file is larger than the limit',
  415: 'the body is no multipart/form-data',
  422: 'the file is no usable table; `detail` names line and column, and what would be right',
  503: 'a store does not answer; the file can be sent again',
  507: 'a disk is full',
} as const;

export const createDataset = formRoute({
  id: 'createDataset',
  method: 'post',
  path: '/api/datasets',
  tag: 'tables',
  summary: 'Upload a CSV file',
  description:
    'Encoding (UTF-8 with or without a mark, Windows-1251, UTF-16) and delimiter (, ; tab |) are found out. The answer comes when ' +
    'the file is safe and its columns are profiled.',
  request: uploadForm,
  response: datasetBody,
  status: 201,
  errors: UPLOAD_ERRORS,
  document: `mutation CreateDataset($name: String, $file: Upload!, $encoding: TableEncoding, $delimiter: TableDelimiter, $upload: String) {
    uploadTable(name: $name, file: $file, encoding: $encoding, delimiter: $delimiter, upload: $upload) {
      ... on Dataset { ${DATASET_FIELDS} } ${ERROR_FIELDS}
    } }`,
  async handle(run, form, address) {
    const variables = { file: requiredFile(form), name: form.fields.get('name'), ...readingOf(form) };
    return { value: datasetJson((await run(variables)) as DatasetAnswer, address) };
  },
});
