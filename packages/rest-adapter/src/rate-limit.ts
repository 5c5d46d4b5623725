import type { Middleware } from 'koa';
import type { ClientAddress } from './client-address.ts';
import { RestError } from './error-map.ts';

interface Bucket {
  tokens: number;
  /** When the tokens were counted last, in milliseconds. */
  at: number;
}

/** Addresses remembered; beyond them the longest silent ones are forgotten, which only ever favours the caller. */
const ADDRESSES = 10_000;
const PROBES: ReadonlySet<string> = new Set(['/ready', '/live', '/metrics']);

/**
 * A token bucket for each address: `perSecond` requests in the long run, twice as many at once.
 *
 * @param perSecond 0 for no limit.
 * @param now milliseconds that never go back.
 */
export function rateLimit(
  perSecond: number,
  addressOf: ClientAddress,
  now: () => number = () => performance.now(),
): Middleware {
  const buckets = new Map<string, Bucket>();
  const burst = Math.max(1, 2 * perSecond);
  return async (ctx, next) => {
    if (perSecond > 0 && !PROBES.has(ctx.path)) {
      const address = addressOf(ctx.req) ?? '';
      const time = now();
      const { tokens, at } = buckets.get(address) ?? { tokens: burst, at: time };
      const filled = Math.min(burst, tokens + ((time - at) / 1000) * perSecond);
      if (filled < 1) {
        ctx.set('Retry-After', String(Math.ceil((1 - filled) / perSecond)));
        throw new RestError('RATE_LIMITED', `more than ${perSecond} requests per second from one address`);
      }
      buckets.delete(address);
      buckets.set(address, { tokens: filled - 1, at: time });
      if (buckets.size > ADDRESSES) {
        const [oldest] = buckets.keys();
        if (oldest !== undefined) buckets.delete(oldest);
      }
    }
    await next();
  };
}
