import { z } from 'zod';
import { type Download, fileRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { JOB_NOT_FOUND, jobId } from './job-json.ts';

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const downloadFile = fileRoute({
  id: 'downloadClusteringFile',
  method: 'get',
  path: '/api/clustering-jobs/{id}/files/{name}',
  tag: 'clustering',
  summary: 'A file that a stage of the job has written',
  type: 'application/octet-stream',
  response: z.string().meta({ format: 'binary' }),
  errors: { ...JOB_NOT_FOUND, 404: 'there is no such job, or no such file of it' },
  document: `query ClusteringFile($id: ID!, $name: String!) { clusteringFile(job: $id, name: $name) {
    ... on Artifact { name bytes objectKey } ${ERROR_FIELDS} } }`,
  handle: (run, { params: { id, name } }) => downloadOf(run({ id: jobId(id), name })),
});

/** What is sent of an artifact. */
export async function downloadOf(found: Promise<unknown>): Promise<Download> {
  const file = (await found) as { name: string; bytes: number; objectKey: string };
  const kind = file.name.slice(file.name.lastIndexOf('.') + 1);
  return { key: file.objectKey, bytes: file.bytes, type: TYPES[kind] ?? 'application/octet-stream', name: file.name };
}
