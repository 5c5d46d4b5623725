/**
 * Preloaded into a process (`NODE_OPTIONS=--import ...`), it ends the one that writes DVC revisions by SIGKILL at its nth change of
 * a file, `KINDRED_TEST_KILL_AT`; a file that is being written then is left half. With `KINDRED_TEST_KILL_PARENT` its
 * parent goes first, as in a crash of the whole machine.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const CHANGES = ['writeFile', 'rename', 'link', 'copyFile', 'rm', 'unlink', 'mkdir'] as const;
const killAt = Number(process.env.KINDRED_TEST_KILL_AT);
let changes = 0;

function die(): void {
  if (process.env.KINDRED_TEST_KILL_PARENT) process.kill(process.ppid, 'SIGKILL');
  process.kill(process.pid, 'SIGKILL');
}

if (process.argv[1]?.endsWith('/dvc/writer.ts')) {
  for (const name of CHANGES) {
    const real = fs.promises[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(fs.promises, {
      [name]: async (...args: unknown[]) => {
        if (++changes === killAt) {
          const [file, content] = args;
          if (name === 'writeFile') {
            const bytes = Buffer.from(content as string | Uint8Array);
            await real(file, bytes.subarray(0, bytes.length >> 1));
          }
          die();
        }
        return real(...args);
      },
    });
  }
  // A test waits for it: on a busy machine it would never have its turn.
  os.setPriority = () => undefined;
  syncBuiltinESMExports();
  // One more place to be killed at: when all is written, and nobody knows of it yet.
  const { send } = process;
  process.send = (...args: unknown[]) => {
    if (++changes === killAt) die();
    return (send as (...rest: unknown[]) => boolean).apply(process, args);
  };
}
