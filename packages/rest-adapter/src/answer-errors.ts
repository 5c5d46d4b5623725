import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import { asRestError, RestError, UNEXPECTED } from './error-map.ts';

/** The outermost layer: whatever happens inside, the client gets JSON and never a 500. */
export function answerErrors(logger: Logger): Middleware {
  return async (ctx, next) => {
    let failure: RestError | undefined;
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null && ctx.respond !== false) {
        failure = new RestError('NOT_FOUND', `there is nothing at ${ctx.path.slice(0, 200)}`);
      }
    } catch (error) {
      failure = asRestError(error);
      if (!failure) logger.error({ err: error, path: ctx.path, method: ctx.method }, 'unexpected error in a route');
      failure ??= UNEXPECTED;
    }
    if (!failure || ctx.headerSent) return;
    ctx.status = failure.status;
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = JSON.stringify(failure.body());
    if (failure.code === 'UNAUTHENTICATED') ctx.set('WWW-Authenticate', 'Bearer');
    if (failure.status === 503) ctx.set('Retry-After', '1');
    // What is left of a body that nobody reads would be taken for the next request.
    if (!ctx.req.complete) {
      ctx.set('Connection', 'close');
      ctx.req.resume();
    }
  };
}
