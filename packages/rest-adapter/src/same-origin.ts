import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { RestError } from './error-map.ts';

/**
 * Where a request comes from: a page of this service, a page of another, or nobody says so, as clients that are no browsers do.
 * Browsers name the origin of whatever may change something, and of every websocket.
 */
export function originOf({ headers }: IncomingMessage): 'own' | 'foreign' | 'unsaid' {
  const { origin, host } = headers;
  if (origin === undefined || origin === '') {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none' ? 'unsaid' : 'foreign';
  }
  // By host alone: behind a proxy that speaks TLS this process does not know its own scheme.
  return URL.canParse(origin) && new URL(origin).host === host ? 'own' : 'foreign';
}

/**
 * Refuses a form that a page of another origin sends. Browsers send those without asking first, so rules about answers (CORS) come too
 * late; other clients name no origin.
 *
 * @param allowed as for CORS: `*`, or origins with commas between them.
 */
export function requireOwnOrigin(ctx: Context, allowed: string): void {
  const origin = ctx.get('origin');
  if (origin === '' || originOf(ctx.req) === 'own') return;
  const origins = allowed.split(',').map((one) => one.trim());
  if (origins.includes('*') || origins.includes(origin)) return;
  throw new RestError('FORBIDDEN', 'forms are taken from pages of this service, and of the origins in KINDRED_CORS');
}
