import type { Core } from '@kindred/api/core.ts';
import { Readiness } from '@kindred/api/health/readiness.ts';
import Koa, { type Middleware } from 'koa';
import { answerErrors } from './answer-errors.ts';
import { authenticate } from './authenticate.ts';
import { closeServer, createHttpServer, openPort } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import { readinessReport, readyAnswer } from './routes/ready.ts';
import type { RunningServer } from './server.ts';

/** The door of a worker: `/live`, `/ready` and `/metrics`, and nothing of the data. */
export async function listenForProbes(core: Core): Promise<RunningServer> {
  const { config, logger } = core;
  const metrics = createMetrics(core);
  const app = new Koa();
  app.use(metrics.observe);
  app.use(answerErrors(logger));
  app.use(authenticate(core));
  app.use(probes(new Readiness(core)));
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

function probes(readiness: Readiness): Middleware {
  return async (ctx, next) => {
    if ((ctx.path !== '/live' && ctx.path !== '/ready') || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) {
      return next();
    }
    ctx.state.route = ctx.path;
    const verbose = new URLSearchParams(ctx.querystring).has('verbose');
    const answer =
      ctx.path === '/live' ? { status: 'ok' } : readyAnswer(readinessReport.parse(await readiness.check()), verbose);
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = JSON.stringify(answer);
  };
}
