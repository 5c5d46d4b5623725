import { join } from 'node:path';
import type { Services } from '@kindred/api/graphql/context.ts';
import { createGraphqlServer } from '@kindred/api/graphql/server.ts';
import Koa from 'koa';
import { answerErrors } from './answer-errors.ts';
import { type AccessOptions, authenticate } from './authenticate.ts';
import { ByteBudget } from './byte-budget.ts';
import { clientAddress } from './client-address.ts';
import { consolePages } from './console.ts';
import { cors } from './cors.ts';
import { examples } from './graphiql.ts';
import { graphqlDoor } from './graphql-door.ts';
import { graphqlSocket } from './graphql-socket.ts';
import { type Address, closeServer, createHttpServer, openPort } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import { pages } from './pages.ts';
import { rateLimit } from './rate-limit.ts';
import { removeAbandonedUploads } from './receive-form.ts';
import { recordRequests } from './record-requests.ts';
import { logRefusals } from './refusal-log.ts';
import { rest } from './rest.ts';
import { ROUTES } from './routes.ts';

/** Bodies in memory at a time: enough for every sender that two cores can serve, far from the promised 8 GB. */
const BUDGET_BYTES = 256 * 2 ** 20;

export interface RunningServer extends Address {
  /** Ends open requests and subscriptions, then closes. */
  close(): Promise<void>;
}

/** The service's doors: REST, GraphQL over HTTP and websocket, metrics and pages on one port. */
export async function listen(services: Services, access: AccessOptions = {}): Promise<RunningServer> {
  const { config, logger } = services.core;
  const graphql = createGraphqlServer(services, {
    title: 'Kindred',
    examples: ({ caller }) => examples(services.lookalike, caller),
    render: async (page) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(page),
  });
  const forms = { folder: join(config.dataDir, 'uploads'), fileLimit: config.uploads.bytes };
  await removeAbandonedUploads(forms.folder);
  const metrics = createMetrics(services.core, services);
  const addressOf = clientAddress(config.trustedProxies);
  const app = new Koa();
  app.use(metrics.observe);
  app.use(recordRequests(services.system.requests));
  app.use(logRefusals(logger));
  if (config.tracing) app.use((await import('./trace-requests.ts')).traceRequests());
  app.use(answerErrors(logger));
  app.use(cors(config.cors));
  app.use(rateLimit(config.rateLimit, addressOf));
  app.use(authenticate(services.core, access, addressOf));
  app.use(
    rest(ROUTES, graphql, {
      bodyLimit: config.bodyLimit,
      budget: new ByteBudget(BUDGET_BYTES),
      forms,
      origins: config.cors,
      objectPath: (key) => services.core.objects.path(key),
      generation: () => services.lookalike.server.generation?.id,
    }),
  );
  app.use(graphqlDoor(graphql, forms, config.cors));
  app.use(metrics.page);
  app.use(consolePages());
  app.use(pages());
  app.on('error', (error) => logger.debug({ err: error }, 'a response could not be sent'));

  const server = createHttpServer(app.callback());
  const socket = graphqlSocket(server, graphql, services, access, addressOf);
  return {
    ...(await openPort(server, config)),
    close: async () => {
      await socket.close();
      await closeServer(server);
      metrics.close();
    },
  };
}
