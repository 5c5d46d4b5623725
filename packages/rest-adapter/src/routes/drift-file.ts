import { z } from 'zod';
import { fileRoute } from '../route.ts';
import { ERROR_FIELDS } from '../run-document.ts';
import { globalIdOf } from './global-id.ts';

const LATEST = 'latest';

const globalId = (uuid: string): string => globalIdOf('DriftReport', uuid);

export const driftReportFile = fileRoute({
  id: 'driftFile',
  method: 'get',
  path: '/monitoring/drift/{id}/{name}',
  tag: 'monitoring',
  summary: 'A file of a drift report',
  description:
    'Of the newest one by `latest`. `drift.html` is a page for people, `evidently.json` a snapshot that Evidently loads, `drift.json` all that the verdict rests on.',
  type: 'application/octet-stream',
  response: z.string().meta({ format: 'binary' }),
  errors: { 404: 'there is no such report, or no such file of it' },
  document: `query DriftFile($id: ID, $name: String!) { driftFile(report: $id, name: $name) {
    ... on Artifact { name bytes objectKey } ${ERROR_FIELDS} } }`,
  async handle(run, { params: { id, name } }) {
    const report = id === LATEST ? null : globalId(id);
    const file = (await run({ id: report, name })) as { name: string; bytes: number; objectKey: string };
    const page = file.name.endsWith('.html');
    const type = page ? 'text/html; charset=utf-8' : 'application/json';
    return { key: file.objectKey, bytes: file.bytes, type, name: file.name, shown: page };
  },
});
