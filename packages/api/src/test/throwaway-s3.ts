import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';
import { findFromPypi } from './programs.ts';
import { startNetwork, type ThrowawayNetwork } from './throwaway-network.ts';

/** The program `moto_server`: by `KINDRED_MOTO`, on the PATH, or where `npm run test:conformance` installs it. */
export function findMoto(): string | undefined {
  return findFromPypi(process.env.KINDRED_MOTO, 'moto_server', 'moto');
}

export interface ThrowawayS3 extends ThrowawayNetwork {
  readonly url: string;
  stop(): Promise<void>;
}

/** An S3 server of its own in memory, moto's, behind a connection that a test can break. */
export async function startS3(program: string): Promise<ThrowawayS3> {
  const behind = await freePort();
  const server = spawn(program, ['-H', '127.0.0.1', '-p', String(behind)], { stdio: 'ignore' });
  while (!(await answers(behind))) {
    if (server.exitCode !== null) throw new Error('moto_server did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const network = await startNetwork(behind);
  return {
    ...network,
    url: `http://127.0.0.1:${network.port}`,
    async stop() {
      await network.disconnect();
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/moto-api/`).then(
    () => true,
    () => false,
  );
}
