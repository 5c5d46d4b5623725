import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { searchPath, untilWritten } from './programs.ts';

/** A PostgreSQL that a test may start: where its programs are, and as whom they may run. */
interface InstalledPostgres {
  readonly bin: string;
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

/** PostgreSQL refuses to run as root, so there it needs the user that its package makes. */
export function findPostgres(): InstalledPostgres | undefined {
  const folders = [...searchPath(), ...globSync('/usr/lib/postgresql/*/bin')];
  const bin = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (bin === undefined) return undefined;
  if (process.getuid?.() !== 0) return { bin, user: undefined };
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { bin, user: { uid: id('-u'), gid: id('-g') } };
  } catch {
    return undefined;
  }
}

export interface ThrowawayPostgres {
  /** Of the database `postgres`, as its owner. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A cluster of its own in a temporary folder, gone after `stop`. */
export async function startPostgres({ bin, user }: InstalledPostgres): Promise<ThrowawayPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'], {
    ...user,
    cwd: folder,
    stdio: 'pipe',
  });
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`, 'fsync=off'];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilWritten(server, server.stderr, 'ready to accept connections');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      const exit = once(server, 'exit');
      server.kill('SIGINT');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
