import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './free-port.ts';
import { findFromPypi } from './programs.ts';

/** The program `moto_server`: by `KINDRED_MOTO`, on the PATH, or where `npm run test:conformance` installs it. */
export function findMoto(): string | undefined {
  return findFromPypi(process.env.KINDRED_MOTO, 'moto_server', 'moto');
}

export interface ThrowawayS3 {
  readonly url: string;
  /** Breaks the network between: connections are cut, new ones refused, until `reconnect`. */
  disconnect(): Promise<void>;
  reconnect(): Promise<void>;
  stop(): Promise<void>;
}

/** An S3 server of its own in memory, moto's, behind a connection that a test can break. */
export async function startS3(program: string): Promise<ThrowawayS3> {
  const [behind, port] = [await freePort(), await freePort()];
  const server = spawn(program, ['-H', '127.0.0.1', '-p', String(behind)], { stdio: 'ignore' });
  while (!(await answers(behind))) {
    if (server.exitCode !== null) throw new Error('moto_server did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    const upstream = connect(behind, '127.0.0.1');
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        sockets.delete(end);
        socket.destroy();
        upstream.destroy();
      });
    }
    socket.pipe(upstream).pipe(socket);
  });
  const listen = async () => {
    proxy.listen(port, '127.0.0.1');
    await once(proxy, 'listening');
  };
  const disconnect = async () => {
    if (!proxy.listening) return;
    const closed = once(proxy, 'close');
    proxy.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    disconnect,
    reconnect: listen,
    async stop() {
      await disconnect();
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
