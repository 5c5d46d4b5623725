import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort } from './free-port.ts';

/** Path of an installed redis-server, if there is one. */
export function findRedis(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
}

export interface ThrowawayRedis {
  readonly url: string;
  /** Ends it at once, as a crash does; `start` brings it back at the same address. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** A Redis of its own, without files. */
export async function startRedis(program: string): Promise<ThrowawayRedis> {
  const port = await freePort();
  const run = async () => {
    const settings = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
    const server = spawn(program, settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    let log = '';
    server.stdout.on('data', (chunk) => {
      log += chunk;
    });
    while (!log.includes('Ready to accept connections')) {
      const ended = await Promise.race([
        once(server, 'exit').then(() => true),
        once(server.stdout, 'data').then(() => false),
      ]);
      if (ended) throw new Error(`Redis did not start: ${log}`);
    }
    return server;
  };
  let server = await run();
  return {
    url: `redis://127.0.0.1:${port}`,
    async kill() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    },
    async start() {
      server = await run();
    },
  };
}
