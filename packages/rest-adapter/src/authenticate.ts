import { randomUUID } from 'node:crypto';
import type { Caller, CallFacts } from '@kindred/api/access/caller.ts';
import { REST } from '@kindred/api/access/caller.ts';
import { identify, stillKnown } from '@kindred/api/access/identify.ts';
import type { Core } from '@kindred/api/core.ts';
import type { DoorContext } from '@kindred/api/graphql/context.ts';
import type { Context, Middleware } from 'koa';
import { type ClientAddress, clientAddress } from './client-address.ts';
import { RestError } from './error-map.ts';
import { cookiesCount, sessionIn, sessionSetter } from './session-cookie.ts';

/** Probes of the platform show nothing, and pages hold no data: they ask for it with what their user shows. */
const OPEN = [
  /^\/(?:ready|live)\/?$/,
  /^\/(?:status-page\/?)?$/,
  /^\/docs(?:\/|$)/,
  /^\/openapi\.(?:yml|json)$/,
  /^\/assets\//,
];
/** A caller's own name for a request. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;

export interface AccessOptions {
  /** Whom GraphQL takes a stranger for, in tests of something else; a stranger unless given. */
  readonly strangers?: Caller | undefined;
  /** How often it is looked whether who listens to events is still there; half a minute unless given. */
  readonly watchEveryMs?: number | undefined;
}

export const WATCH_EVERY_MS = 30_000;

/** Who asks, for the doors behind; whoever shows a key or token that is none is refused here. */
export function authenticate(
  core: Core,
  { strangers, watchEveryMs = WATCH_EVERY_MS }: AccessOptions = {},
  addressOf: ClientAddress = clientAddress(core.config.trustedProxies),
): Middleware {
  const { restToken } = core.config;
  return async (ctx, next) => {
    const requestId = requestIdOf(ctx);
    ctx.set('X-Request-Id', requestId);
    const open = ctx.method === 'OPTIONS' || OPEN.some((path) => path.test(ctx.path));
    const cookies = !open && cookiesCount(ctx);
    const credentials = open
      ? {}
      : {
          authorization: ctx.get('authorization') || undefined,
          session: cookies ? sessionIn(ctx.req) : undefined,
        };
    const found = await identify(core, credentials);
    if (!found) throw new RestError('UNAUTHENTICATED', 'that key or token is none, or is no longer');
    const door = ctx.path === '/graphql' ? 'graphql' : 'rest';
    let caller = found;
    if (found.kind === 'stranger') {
      if (door === 'graphql') caller = strangers ?? found;
      else if (restToken === undefined || open) caller = REST;
      else throw new RestError('UNAUTHENTICATED', 'this service needs Authorization: Bearer <token or API key>');
    }
    const facts: CallFacts = {
      door,
      requestId,
      address: addressOf(ctx.req),
      userAgent: ctx.get('user-agent') || null,
      setSession: cookies && ctx.method === 'POST' ? sessionSetter(ctx) : undefined,
      watch:
        found.kind === 'stranger'
          ? undefined
          : { everyMs: watchEveryMs, stillThere: () => stillKnown(core, credentials) },
    };
    callers.set(ctx, { caller, facts });
    await next();
  };
}

const callers = new WeakMap<Context, DoorContext>();

/** Whoever `authenticate` found. */
export function callerOf(ctx: Context): DoorContext {
  const found = callers.get(ctx);
  if (!found) throw new Error('Nobody has asked who calls.');
  return found;
}

function requestIdOf(ctx: Context): string {
  const given = ctx.get('x-request-id');
  return REQUEST_ID.test(given) ? given : randomUUID();
}
