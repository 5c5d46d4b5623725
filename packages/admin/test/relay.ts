import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay {
  readonly url: string;
  /** Ends the websockets that go through it, and those that try to, until `mend`; requests go on. */
  cut(): void;
  mend(): void;
  dispose(): Promise<void>;
}

/** A line to a service that can be cut for websockets alone. */
export async function openRelay(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const websockets = new Set<Socket>();
  let whole = true;
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => {
      sockets.delete(client);
      websockets.delete(client);
    });
    client.once('data', (head) => {
      // A browser opens a connection of its own for each websocket, so the first line tells.
      const websocket = /^upgrade: websocket/im.test(head.toString('latin1'));
      if (websocket && !whole) return client.destroy();
      if (websocket) websockets.add(client);
      const service = connect(Number(port), hostname);
      service.on('error', () => client.destroy());
      service.once('close', () => client.destroy());
      client.once('close', () => service.destroy());
      service.write(head);
      client.pipe(service).pipe(client);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      whole = false;
      for (const socket of websockets) socket.destroy();
    },
    mend() {
      whole = true;
    },
    async dispose() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
