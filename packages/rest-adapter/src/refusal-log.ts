import type { Middleware } from 'koa';
import type { Logger } from 'pino';

/** Codes that say that something the service stands on is away or full. */
const OUTAGES: ReadonlySet<unknown> = new Set(['STORE_UNAVAILABLE', 'STORAGE_FULL']);
/** A log must not fill a disk that is full already. */
const QUIET_MS = 10_000;

/** Tells in the log which requests outages refuse: the first at once, then how many there were, each ten seconds at the most. */
export function logRefusals(logger: Logger): Middleware {
  const told = new Map<string, { at: number; since: number }>();
  return async (ctx, next) => {
    await next();
    const reason: unknown = ctx.state.errorCode;
    if (typeof reason !== 'string' || !OUTAGES.has(reason)) return;
    const last = told.get(reason);
    const now = performance.now();
    if (last && now - last.at < QUIET_MS) {
      last.since++;
      return;
    }
    const requests = (last?.since ?? 0) + 1;
    told.set(reason, { at: now, since: 0 });
    logger.warn({ code: 'REQUESTS_REFUSED', reason, requests, path: ctx.path.slice(0, 200) }, `refused: ${reason}`);
  };
}
