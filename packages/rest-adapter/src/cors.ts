import type { Middleware } from 'koa';

/**
 * Cross-origin rules for every route alike.
 *
 * @param allowed `*`, one origin, several with commas between them, or empty for none.
 */
export function cors(allowed: string): Middleware {
  const origins = new Set(
    allowed
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  );
  return async (ctx, next) => {
    const origin = ctx.get('origin');
    if (origins.size > 0) ctx.vary('Origin');
    if (origin !== '' && (origins.has('*') || origins.has(origin))) {
      ctx.set('Access-Control-Allow-Origin', origins.has('*') ? '*' : origin);
      if (ctx.method === 'OPTIONS') {
        ctx.set('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE, OPTIONS');
        ctx.set('Access-Control-Allow-Headers', 'content-type, authorization');
        ctx.set('Access-Control-Max-Age', '600');
        // A preflight asks about the call that follows, not for what is behind the path.
        if (ctx.get('access-control-request-method') !== '') {
          ctx.status = 204;
          return;
        }
      }
    }
    await next();
  };
}
