import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

let known: Promise<string | undefined> | undefined;

/** Commit of this code, with `-dirty` where files of it were changed since; undefined outside a repository, as in an image. */
export function sourceCommit(): Promise<string | undefined> {
  known ??= promisify(execFile)('git', ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'], {
    cwd: import.meta.dirname,
  }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  return known;
}
