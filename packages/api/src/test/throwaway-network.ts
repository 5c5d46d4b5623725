import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './free-port.ts';

/** The network between a server and who uses it, which a test can break in both of the ways in which networks break. */
export interface ThrowawayNetwork {
  /** Where the server is reached through it. */
  readonly port: number;
  /** Cuts connections and refuses new ones, until `reconnect`. */
  disconnect(): Promise<void>;
  reconnect(): Promise<void>;
  /** Takes what is sent, and new connections, and passes nothing on; nobody is told. Until `pass`. */
  swallow(): void;
  /** Passes on again, also what was sent meanwhile. */
  pass(): void;
  /** Cuts the next connection that brings more than `bytes` from the server, when it has brought them. */
  cutAfter(bytes: number): void;
}

/** @param behind the server's own port on 127.0.0.1. */
export async function startNetwork(behind: number): Promise<ThrowawayNetwork> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let swallows = false;
  let cut = Number.POSITIVE_INFINITY;
  const proxy = createServer((socket) => {
    const upstream = connect(behind, '127.0.0.1');
    for (const [end, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        sockets.delete(end);
        // Of a connection that is gone on one side, the other one is told nothing, either.
        if (!swallows) other.destroy();
      });
      let carried = 0;
      end.on('data', (bytes) => {
        carried += bytes.length;
        if (end === upstream && carried > cut) {
          cut = Number.POSITIVE_INFINITY;
          socket.resetAndDestroy();
        } else if (!other.write(bytes)) end.pause();
      });
      end.on('drain', () => {
        if (!swallows) other.resume();
      });
      if (swallows) end.pause();
    }
  });
  const listen = async () => {
    proxy.listen(port, '127.0.0.1');
    await once(proxy, 'listening');
  };
  await listen();
  return {
    port,
    reconnect: listen,
    async disconnect() {
      if (!proxy.listening) return;
      const closed = once(proxy, 'close');
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    swallow() {
      swallows = true;
      for (const socket of sockets) socket.pause();
    },
    pass() {
      swallows = false;
      for (const socket of sockets) socket.resume();
    },
    cutAfter(bytes) {
      cut = bytes;
    },
  };
}
