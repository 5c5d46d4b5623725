import { readFile } from 'node:fs/promises';

/** Bytes of a file, undefined where there is none. */
export function readIfThere(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
}
