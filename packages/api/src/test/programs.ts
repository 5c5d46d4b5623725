import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Folders where programs are looked for. */
export const searchPath = (): string[] => (process.env.PATH ?? '').split(delimiter);

/** Path of a program on the PATH, if it is there. */
export function findOnPath(name: string): string | undefined {
  return searchPath()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** The same of one from PyPI: by `named`, on the PATH, or where `npm run test:conformance` installs the package. */
export function findFromPypi(named: string | undefined, name: string, installed: string): string | undefined {
  if (named !== undefined && existsSync(named)) return named;
  const cached = join(homedir(), '.cache/kindred', installed, 'bin', name);
  return findOnPath(name) ?? (existsSync(cached) ? cached : undefined);
}

/** Waits until a server has written the text to the stream. @throws Error with all that it has written when it ends before. */
export async function untilWritten(server: ChildProcess, stream: Readable, text: string): Promise<void> {
  let log = '';
  await new Promise<void>((resolve, reject) => {
    const onExit = () => reject(new Error(`${server.spawnfile} did not start: ${log}`));
    server.once('exit', onExit);
    // Read also afterwards: a server whose pipe is full stands still.
    stream.on('data', (chunk) => {
      if (log.includes(text)) return;
      log += chunk;
      if (!log.includes(text)) return;
      server.off('exit', onExit);
      resolve();
    });
  });
}
