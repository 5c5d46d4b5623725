import type { Core } from '@kindred/api/core.ts';
import Koa, { type Middleware } from 'koa';
import { answerErrors } from './answer-errors.ts';
import { authenticate } from './authenticate.ts';
import { RestError } from './error-map.ts';
import { closeServer, createHttpServer, openPort } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import type { RunningServer } from './server.ts';

/** The door of a worker: `/live`, `/ready` and `/metrics`, and nothing of the data. */
export async function listenForProbes(core: Core): Promise<RunningServer> {
  const { config, logger } = core;
  const metrics = createMetrics(core);
  const app = new Koa();
  app.use(metrics.observe);
  app.use(answerErrors(logger));
  app.use(authenticate(config.restToken));
  app.use(probes(core));
  app.use(metrics.page);
  app.on('error', (error) => logger.debug({ err: error }, 'a response could not be sent'));
  const server = createHttpServer(app.callback());
  return {
    ...(await openPort(server, config)),
    close: async () => {
      await closeServer(server);
      metrics.close();
    },
  };
}

/** A worker is ready when it can take a job, and every job begins in the database. */
function probes({ database, logger }: Core): Middleware {
  return async (ctx, next) => {
    if ((ctx.path !== '/live' && ctx.path !== '/ready') || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) {
      return next();
    }
    ctx.state.route = ctx.path;
    if (ctx.path === '/ready') {
      await database
        .fork()
        .execute('select 1')
        .catch((error: unknown) => {
          logger.warn({ err: error }, 'not ready: the database does not answer');
          throw new RestError('NOT_READY', 'the database does not answer');
        });
    }
    ctx.type = 'application/json';
    ctx.body = '{"status":"ok"}';
  };
}
