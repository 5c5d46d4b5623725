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
  /** Ends it, breaking all connections: in order, or at once, after which it recovers from its log. `start` brings it back. */
  halt(how: 'fast' | 'immediate'): Promise<void>;
  /** Nothing where it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A cluster of its own in a temporary folder inside of `under`, gone after `stop`. */
export async function startPostgres({ bin, user }: InstalledPostgres, under = tmpdir()): Promise<ThrowawayPostgres> {
  const folder = mkdtempSync(join(under, 'kindred-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'], {
    ...user,
    cwd: folder,
    stdio: 'pipe',
  });
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`, 'fsync=off'];
  const run = async () => {
    const started = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilWritten(started, started.stderr, 'ready to accept connections');
    return started;
  };
  let server = await run();
  const ended = () => server.exitCode !== null || server.signalCode !== null;
  const end = async (signal: NodeJS.Signals) => {
    if (ended()) return;
    const exit = once(server, 'exit');
    server.kill(signal);
    await exit;
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    halt: (how) => end(how === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    async start() {
      if (ended()) server = await run();
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
