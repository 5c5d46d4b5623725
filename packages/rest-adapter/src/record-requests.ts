import { randomUUID } from 'node:crypto';
import { operationOf } from '@kindred/api/graphql/note-operations.ts';
import type { RequestLog } from '@kindred/api/system/request-log.ts';
import type { Context, Middleware } from 'koa';

const LONGEST_PATH = 200;

/** Tells the log of requests of each, once it is answered; and gives each an id, its caller's where that sends one. */
export function recordRequests(log: RequestLog): Middleware {
  return async (ctx, next) => {
    const begun = performance.now();
    const requestId = requestIdOf(ctx);
    // Whoever is further inside reads it here.
    ctx.req.headers['x-request-id'] = requestId;
    ctx.set('X-Request-Id', requestId);
    await next();
    const note = operationOf(ctx.req);
    log.record({
      at: new Date(),
      method: ctx.method,
      path: ctx.path.slice(0, LONGEST_PATH),
      route: typeof ctx.state.route === 'string' ? ctx.state.route : undefined,
      operation: note?.operation,
      // Yoga writes to the response itself.
      status: ctx.respond === false ? ctx.res.statusCode : ctx.status,
      code: typeof ctx.state.errorCode === 'string' ? ctx.state.errorCode : note?.code,
      milliseconds: performance.now() - begun,
      requestId,
    });
  };
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;

function requestIdOf(ctx: Context): string {
  const given = ctx.get('x-request-id');
  return REQUEST_ID.test(given) ? given : randomUUID();
}
