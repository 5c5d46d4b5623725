import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Services } from '@kindred/api/graphql/context.ts';
import { createGraphqlServer } from '@kindred/api/graphql/server.ts';
import Koa from 'koa';
import { answerErrors } from './answer-errors.ts';
import { authenticate } from './authenticate.ts';
import { ByteBudget } from './byte-budget.ts';
import { cors } from './cors.ts';
import { examples } from './graphiql.ts';
import { graphqlDoor } from './graphql-door.ts';
import { graphqlSocket } from './graphql-socket.ts';
import { createMetrics } from './metrics.ts';
import { pages } from './pages.ts';
import { rateLimit } from './rate-limit.ts';
import { rest } from './rest.ts';
import { ROUTES } from './routes.ts';

/** Bodies in memory at a time: enough for every sender that two cores can serve, far from the promised 8 GB. */
const BUDGET_BYTES = 256 * 2 ** 20;
/** Longer than any client keeps an idle connection, so that it is the client who lets go. */
const KEEP_ALIVE_MS = 75_000;

export interface RunningServer {
  /** Where it listens, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /** Ends open requests and subscriptions, then closes. */
  close(): Promise<void>;
}

/** The service's doors: REST, GraphQL over HTTP and websocket, metrics and pages on one port. */
export async function listen(services: Services): Promise<RunningServer> {
  const { config, logger } = services.core;
  const graphql = createGraphqlServer(services, {
    title: 'Kindred',
    examples: () => examples(services.lookalike),
    render: async (page) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(page),
  });
  const metrics = createMetrics(services);
  const app = new Koa();
  app.use(metrics.observe);
  app.use(answerErrors(logger));
  app.use(cors(config.cors));
  app.use(rateLimit(config.rateLimit));
  app.use(authenticate(config.restToken));
  app.use(
    rest(ROUTES, graphql, {
      bodyLimit: config.bodyLimit,
      budget: new ByteBudget(BUDGET_BYTES),
      generation: () => services.lookalike.server.generation?.id,
    }),
  );
  app.use(graphqlDoor(graphql));
  app.use(metrics.page);
  app.use(pages());
  app.on('error', (error) => logger.debug({ err: error }, 'a response could not be sent'));

  const server = createServer({ keepAlive: true, keepAliveTimeout: KEEP_ALIVE_MS }, app.callback());
  server.on('clientError', answerBrokenRequest);
  const socket = graphqlSocket(server, graphql, services, config.restToken);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    close: async () => {
      await socket.close();
      await closeServer(server);
      metrics.close();
    },
  };
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

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Streams of events never end by themselves; what is still open after the grace is cut.
  const cut = setTimeout(() => server.closeAllConnections(), 3000);
  await closed;
  clearTimeout(cut);
}
