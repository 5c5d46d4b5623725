import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Longer than any client keeps an idle connection, so that it is the client who lets go. */
const KEEP_ALIVE_MS = 75_000;
/** A large file over a slow line: half a gigabyte in an hour is 1 Mbit/s. */
const LONGEST_REQUEST_MS = 3600_000;

/** A server that answers also what is no HTTP; it does not listen yet. */
export function createHttpServer(listener: RequestListener): Server {
  const server = createServer(
    { keepAlive: true, keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: LONGEST_REQUEST_MS },
    listener,
  );
  server.on('clientError', answerBrokenRequest);
  return server;
}

export interface Address {
  /** Where it listens, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
}

export async function openPort(server: Server, wanted: { host: string; port: number }): Promise<Address> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted.port, wanted.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = wanted.host === '0.0.0.0' || wanted.host === '::' ? '127.0.0.1' : wanted.host;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port };
}

export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Streams of events never end by themselves; what is still open after the grace is cut.
  const cut = setTimeout(() => server.closeAllConnections(), 3000);
  await closed;
  clearTimeout(cut);
}

/** What does not parse as HTTP never reaches Koa; it gets the same shape of answer all the same. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const large = error.code === 'HPE_HEADER_OVERFLOW';
  const message = large ? 'the headers are too large' : 'the request is not valid HTTP';
  const body = JSON.stringify({ error: { code: 'INVALID_INPUT', message } });
  const status = large ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}
