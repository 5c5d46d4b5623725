import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';
import { findOnPath, untilWritten } from './programs.ts';

/** Path of an installed redis-server, if there is one. */
export function findRedis(): string | undefined {
  return findOnPath('redis-server');
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
    await untilWritten(server, server.stdout, 'Ready to accept connections');
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
