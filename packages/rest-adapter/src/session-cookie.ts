import type { IncomingMessage } from 'node:http';
import type { CallFacts } from '@kindred/api/access/caller.ts';
import { cookieValue, SESSION_COOKIE } from '@kindred/api/access/identify.ts';
import type { Context } from 'koa';
import { isMultipart } from './receive-form.ts';
import { originOf } from './same-origin.ts';

const isJson = (ctx: Context): boolean => /^application\/json\s*(?:;|$)/i.test(ctx.get('content-type'));

/**
 * Whether a cookie of the request is its sender's own doing. A page of another origin can have a browser send a form, with cookies
 * that are not its own, but neither JSON nor the origin of this service.
 */
export function cookiesCount(ctx: Context): boolean {
  // They change nothing, and no other page may read the answer.
  if (ctx.method === 'GET' || ctx.method === 'HEAD') return true;
  const origin = originOf(ctx.req);
  if (origin === 'foreign') return false;
  if (ctx.path === '/graphql') return isJson(ctx) || (isMultipart(ctx.req) && origin === 'own');
  return isJson(ctx) || origin === 'own';
}

export const sessionIn = ({ headers }: IncomingMessage): string | undefined =>
  cookieValue(headers.cookie, SESSION_COOKIE);

/** Sets the cookie of a session, or takes it away, with the answer to come. */
export function sessionSetter(ctx: Context): CallFacts['setSession'] {
  const secure = ctx.secure || ctx.get('x-forwarded-proto').split(',', 1)[0]?.trim() === 'https';
  return (session) => {
    const value = session ? session.token : '';
    const expires = (session?.endsAt ?? new Date(0)).toUTCString();
    const cookie = `${SESSION_COOKIE}=${value}; Path=/; Expires=${expires}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
    // What is set last counts: a document may sign in twice.
    ctx.res.setHeader('Set-Cookie', cookie);
  };
}
