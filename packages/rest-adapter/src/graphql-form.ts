import type { ReceivedFile } from '@kindred/api/uploads/received-file.ts';
import { z } from 'zod';
import { RestError } from './error-map.ts';
import { parseJson } from './parse-json.ts';
import type { ReceivedForm } from './receive-form.ts';

const object = z.record(z.string(), z.unknown());
const operationsSchema = z.union([object, z.array(object)]);
const mapSchema = z.record(z.string(), z.array(z.string().max(500)).max(4));

/**
 * A form as the GraphQL multipart request specification has it (github.com/jaydenseric/graphql-multipart-request-spec): the document and
 * its variables in `operations`, where each file goes in `map`.
 *
 * @param newMark a text that nobody can guess, to stand for a file.
 * @returns the body of the same request without files, with marks in the places of files.
 * @throws RestError INVALID_INPUT
 */
export function graphqlForm(
  { fields, files }: ReceivedForm,
  newMark: () => string,
): { body: Buffer; files: ReadonlyMap<string, ReceivedFile> } {
  const operations = parseJson(Buffer.from(fields.get('operations') ?? ''), operationsSchema);
  const places = parseJson(Buffer.from(fields.get('map') ?? ''), mapSchema);
  const marked = new Map<string, ReceivedFile>();
  for (const [part, paths] of Object.entries(places)) {
    const file = files.get(part);
    if (!file) throw refused(`map names the part ${part.slice(0, 60)}, which is no file of the form`);
    const mark = newMark();
    marked.set(mark, file);
    for (const path of paths) put(operations, path, mark);
  }
  return { body: Buffer.from(JSON.stringify(operations)), files: marked };
}

/** @param path as `variables.file` or, in a batch, `0.variables.files.1`; what is there is null. */
function put(root: unknown, path: string, mark: string): void {
  const keys = path.split('.');
  let at = root;
  for (const [depth, key] of keys.entries()) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) {
      throw refused(`map names ${path.slice(0, 60)}, which is not in operations`);
    }
    const holder = at as Record<string, unknown>;
    if (depth === keys.length - 1 && holder[key] === null) holder[key] = mark;
    else if (depth === keys.length - 1) throw refused(`${path.slice(0, 60)} must be null in operations`);
    at = holder[key];
  }
}

function refused(message: string): RestError {
  return new RestError('INVALID_INPUT', message, { field: 'map' });
}
