import type { Context } from 'koa';
import { RestError } from './error-map.ts';

/**
 * Refuses a form that a page of another origin sends. Browsers send those without asking first, so rules about answers (CORS) come too
 * late; other clients name no origin.
 *
 * @param allowed as for CORS: `*`, or origins with commas between them.
 */
export function requireOwnOrigin(ctx: Context, allowed: string): void {
  const origin = ctx.get('origin');
  // By host alone: behind a proxy that speaks TLS this process does not know its own scheme.
  if (origin === '' || (URL.canParse(origin) && new URL(origin).host === ctx.host)) return;
  const origins = allowed.split(',').map((one) => one.trim());
  if (origins.includes('*') || origins.includes(origin)) return;
  throw new RestError('FORBIDDEN', 'forms are taken from pages of this service, and of the origins in KINDRED_CORS');
}
