import type { Middleware } from 'koa';
import { holdsToken } from './bearer-token.ts';
import { RestError } from './error-map.ts';

/** Probes of the platform have no token, and pages hold no data: they ask for the token and send it with their calls. */
const OPEN = [
  /^\/(?:ready|live)\/?$/,
  /^\/(?:status-page\/?)?$/,
  /^\/docs(?:\/|$)/,
  /^\/openapi\.(?:yml|json)$/,
  /^\/assets\//,
];

/** With a token set, every call needs `Authorization: Bearer <token>`. */
export function authenticate(token: string | undefined): Middleware {
  return async (ctx, next) => {
    if (token !== undefined && ctx.method !== 'OPTIONS' && !OPEN.some((path) => path.test(ctx.path))) {
      // A browser that opens the page, and nothing that carries a question in its address.
      const isPage =
        ctx.path === '/graphql' &&
        ctx.method === 'GET' &&
        ctx.querystring === '' &&
        /text\/html/.test(ctx.get('accept'));
      if (!isPage && !holdsToken(ctx.get('authorization'), token)) {
        throw new RestError('UNAUTHENTICATED', 'this service needs Authorization: Bearer <token>');
      }
    }
    await next();
  };
}
