import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';
import type { Logger } from 'pino';
import { asRestError, RestError, UNEXPECTED } from './error-map.ts';

/** Of a refused body: enough for any batch that was cut too large, not for a sender without end. */
const MOST_DRAINED_BYTES = 512 * 2 ** 20;
const LONGEST_DRAIN_MS = 15_000;
/** Whoever has stopped sending waits for the answer. */
const LONGEST_SILENCE_MS = 1000;

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
    // The contract of what is below /api has its own shape of errors; the other one is there too, for clients that know codes.
    const body = failure.body();
    ctx.body = JSON.stringify({ ...extraOf(ctx.path, failure), ...body });
    if (failure.code === 'UNAUTHENTICATED') ctx.set('WWW-Authenticate', 'Bearer');
    ctx.state.errorCode = failure.code;
    if (failure.status === 503) ctx.set('Retry-After', '1');
    // Somebody has to make room first.
    if (failure.status === 507) ctx.set('Retry-After', '30');
    // What is left of a body that nobody reads would be taken for the next request; and a client that is still sending
    // when the connection closes may never read the answer.
    if (!ctx.req.complete && !(await drained(ctx.req))) ctx.set('Connection', 'close');
  };
}

/** What clients of a path look for beside the error itself. */
function extraOf(path: string, { message, code }: RestError): object {
  if (path.startsWith('/api/')) return { detail: message };
  return path === '/graphql' ? { errors: [{ message, extensions: { code } }] } : {};
}

/** Reads the rest of a body away. @returns whether it ended within the limits. */
function drained(request: IncomingMessage): Promise<boolean> {
  if (request.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    let left = MOST_DRAINED_BYTES;
    const end = performance.now() + LONGEST_DRAIN_MS;
    const stop = (whole: boolean) => {
      clearTimeout(silence);
      request.off('data', take);
      request.resume();
      resolve(whole);
    };
    const silence = setTimeout(() => stop(false), LONGEST_SILENCE_MS);
    const take = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0 || performance.now() > end) stop(false);
      else silence.refresh();
    };
    request.on('data', take);
    request.once('end', () => stop(true));
    request.once('close', () => stop(false));
    request.resume();
  });
}
