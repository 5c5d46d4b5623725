import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { ReceivedFile } from '@kindred/api/uploads/received-file.ts';
import { RestError } from './error-map.ts';

export interface ReceivedForm {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, ReceivedFile>;
}

export interface FormOptions {
  /** Where files are written while they arrive; on the disk of the object store, so that they are moved into it, not copied. */
  readonly folder: string;
  /** Of a file, in bytes. */
  readonly fileLimit: number;
}

/** A form has a file, or the few that a GraphQL document names. */
const MOST_FILES = 4;
const MOST_FIELDS = 20;
const FIELD_BYTES = 2 ** 20;
/** What a form has beside its file: boundaries, headers, other fields. */
const AROUND_BYTES = 2 ** 20;

/**
 * Receives a multipart form, its files on disk and never whole in memory, and removes what is left of them after use.
 *
 * @throws RestError UNSUPPORTED_MEDIA_TYPE, INVALID_INPUT for a form that is broken, TOO_LARGE.
 */
export async function withForm<T>(
  request: IncomingMessage,
  { folder, fileLimit }: FormOptions,
  use: (form: ReceivedForm) => Promise<T>,
): Promise<T> {
  if (Number(request.headers['content-length'] ?? 0) > fileLimit + AROUND_BYTES) throw tooLarge(fileLimit);
  await mkdir(folder, { recursive: true });
  const own = await mkdtemp(join(folder, 'upload-'));
  try {
    return await use(await receive(request, own, fileLimit));
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

export const isMultipart = (request: IncomingMessage): boolean =>
  /^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '');

/** An upload that took longer than this is over, one way or another. */
const ABANDONED_MS = 24 * 3600_000;

/** Removes what processes that were killed have left. */
export async function removeAbandonedUploads(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function receive(request: IncomingMessage, own: string, fileLimit: number): Promise<ReceivedForm> {
  const fields = new Map<string, string>();
  const files = new Map<string, ReceivedFile>();
  const busboy = openParser(request, fileLimit);
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const written: Promise<void>[] = [];
  const save = async (field: string, stream: BusboyFileStream, name: string) => {
    const path = join(own, String(written.length));
    const target = createWriteStream(path);
    await pipeline(stream, target);
    if (stream.truncated) throw tooLarge(fileLimit);
    files.set(field, new ReceivedFile(path, name, target.bytesWritten));
  };
  busboy.on('file', (field: string, stream: BusboyFileStream, name: string | undefined) => {
    // What ends early ends with an error of its own, which the write reports.
    stream.once('limit', () => reject(tooLarge(fileLimit)));
    const saved = save(field, stream, name ?? '');
    saved.catch(reject);
    written.push(saved);
  });
  busboy.on('field', (field: string, value: string, _cut: boolean, valueCut: boolean) => {
    if (valueCut)
      reject(new RestError('TOO_LARGE', `the field ${field.slice(0, 60)} is larger than ${FIELD_BYTES} bytes`));
    else if (value.includes('\0'))
      reject(new RestError('INVALID_INPUT', `${field.slice(0, 60)} holds a NUL`, { field: field.slice(0, 60) }));
    else fields.set(field, value);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    busboy.on(limit, () => reject(new RestError('INVALID_INPUT', 'the form has too many parts')));
  }
  const brokenOff = () => reject(new RestError('INVALID_INPUT', 'the form broke off', { field: 'body' }));
  request.once('close', () => !request.complete && brokenOff());
  request.once('error', brokenOff);
  try {
    await Promise.race([finished(busboy, request), failed]);
    await Promise.race([Promise.all(written), failed]);
    return { fields, files };
  } catch (error) {
    request.unpipe(busboy);
    busboy.destroy();
    await Promise.allSettled(written);
    throw error;
  }
}

type Parser = InstanceType<typeof Busboy>;

function openParser(request: IncomingMessage, fileSize: number): Parser {
  const encoding = request.headers['content-encoding'];
  const type = request.headers['content-type'] ?? '';
  if (!isMultipart(request) || (encoding !== undefined && encoding !== 'identity')) {
    throw new RestError(
      'UNSUPPORTED_MEDIA_TYPE',
      'send the file as multipart/form-data, not compressed, in a part named file',
    );
  }
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': type },
      limits: {
        fileSize,
        files: MOST_FILES,
        fields: MOST_FIELDS,
        parts: MOST_FILES + MOST_FIELDS,
        fieldSize: FIELD_BYTES,
      },
    });
  } catch {
    throw new RestError('INVALID_INPUT', 'the content-type has no boundary', { field: 'body' });
  }
}

function finished(busboy: Parser, request: IncomingMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    busboy.once('finish', resolve);
    busboy.once('error', (error: Error) =>
      reject(new RestError('INVALID_INPUT', `the form is broken: ${error.message.slice(0, 100)}`, { field: 'body' })),
    );
    request.pipe(busboy);
  });
}

function tooLarge(limit: number): RestError {
  const size = limit >= 2 ** 20 ? `${Math.round(limit / 2 ** 20)} MB` : `${limit} bytes`;
  return new RestError('TOO_LARGE', `the file is larger than the limit of ${size} (KINDRED_UPLOAD_LIMIT)`, { limit });
}
