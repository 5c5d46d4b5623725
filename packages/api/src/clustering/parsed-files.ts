import type { Core } from '../core.ts';

/** Bytes of the files whose contents are kept: some dozens of jobs of 10,000 rows, or two or three of 100,000. */
const KEPT_BYTES = 64 * 2 ** 20;

interface Kept {
  readonly bytes: number;
  readonly value: unknown;
}

/** What was asked for last goes last. Objects never change, so what is kept is right. */
const kept = new Map<string, Kept>();
let keptBytes = 0;

/**
 * The contents of a file of a job, kept in memory for the next page that somebody turns to.
 * @param parse the same function for all that ask for files of the name
 * @throws DomainError as the object store, and what `parse` throws
 */
export async function parsedFile<T>(
  core: Pick<Core, 'objects'>,
  key: string,
  parse: (bytes: Uint8Array) => T,
): Promise<T> {
  const name = `${parse.name} ${key}`;
  const found = kept.get(name);
  if (found) {
    kept.delete(name);
    kept.set(name, found);
    return found.value as T;
  }
  const bytes = await core.objects.get(key);
  const value = parse(bytes);
  if (!kept.has(name)) keptBytes += bytes.length;
  kept.set(name, { bytes: bytes.length, value });
  for (const [oldest, { bytes: size }] of kept) {
    if (keptBytes <= KEPT_BYTES) break;
    kept.delete(oldest);
    keptBytes -= size;
  }
  return value;
}
