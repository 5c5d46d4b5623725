import { createReadStream } from 'node:fs';
import { READING, refusalOf } from '@kindred/api/access/rules.ts';
import type { DoorContext } from '@kindred/api/graphql/context.ts';
import type { GraphqlServer } from '@kindred/api/graphql/server.ts';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { AnswerCache } from './answer-cache.ts';
import { callerOf } from './authenticate.ts';
import type { ByteBudget } from './byte-budget.ts';
import { RestError } from './error-map.ts';
import { parseJson } from './parse-json.ts';
import { readBody } from './read-body.ts';
import { type FormOptions, isMultipart, type ReceivedForm, withForm } from './receive-form.ts';
import type { Address, Answer, Download, Route } from './route.ts';
import { RouteTable } from './route-table.ts';
import { prepareDocument, type RunDocument } from './run-document.ts';
import { requireOwnOrigin } from './same-origin.ts';

export interface RestOptions {
  /** Largest body of a batch, in bytes. */
  readonly bodyLimit: number;
  /** Memory for all bodies that are being received. */
  readonly budget: ByteBudget;
  readonly forms: FormOptions;
  /** As for CORS. */
  readonly origins: string;
  /** A local file with an object's bytes. */
  readonly objectPath: (key: string) => Promise<string>;
  /** Number of what serves: data and model; undefined while nothing does. */
  readonly generation: () => number | undefined;
}

/** Longer questions are not worth keeping: hardly anybody asks them twice. */
const LONGEST_KEPT_REQUEST = 512;

interface Prepared {
  readonly route: Route;
  readonly prepare: (caller: DoorContext) => RunDocument;
  /** Of routes whose answer depends on nothing but the request and what serves. */
  readonly cache: AnswerCache | undefined;
}

/** Answers the routes of THE LIST; leaves every other path to what comes after. */
export function rest(routes: readonly Route[], server: GraphqlServer, options: RestOptions): Middleware {
  const table = new RouteTable<Prepared>();
  for (const route of routes) {
    const cache = route.kind === 'json' && route.repeatable ? new AnswerCache() : undefined;
    table.add(route.path, route.method.toUpperCase(), {
      route,
      prepare: prepareDocument(server, route.document),
      cache,
    });
  }
  return async (ctx, next) => {
    const found = table.find(ctx.path);
    if (!found) return next();
    const { methods, params } = found;
    ctx.state.route = found.path;
    const prepared = methods.get(ctx.method === 'HEAD' ? 'GET' : ctx.method);
    if (!prepared) return refuseMethod(ctx, [...methods.keys()]);
    const address = { params, query: new URLSearchParams(ctx.querystring), origin: `${ctx.protocol}://${ctx.host}` };
    const { route, prepare } = prepared;
    if (route.kind === 'file') return send(ctx, await route.handle(prepare(callerOf(ctx)), address), options);
    const answer = await handle(prepared, ctx, address, options);
    ctx.status = route.status ?? 200;
    if (route.status === 204) return;
    ctx.type = ('type' in answer && answer.type) || 'application/json; charset=utf-8';
    ctx.body = 'text' in answer ? answer.text : JSON.stringify(answer.value);
  };
}

async function handle(
  { route, prepare, cache }: Prepared,
  ctx: Context,
  address: Address,
  options: RestOptions,
): Promise<Answer> {
  const { bodyLimit, budget } = options;
  const who = callerOf(ctx);
  const run = prepare(who);
  if (route.kind === 'plain') return route.handle(run, address);
  if (route.kind === 'form') return withFields(ctx, options, (form) => route.handle(run, form, address));
  if (route.kind === 'file') throw new Error('A file is sent, not handled.');
  if (route.kind === 'json') {
    const body = await readBody(ctx.req, Math.min(route.bodyLimit, bodyLimit));
    const generation = options.generation();
    // What is kept is for whoever may read; whoever may not is told so by the document.
    const mayRead = refusalOf(who.caller, READING) === undefined;
    if (!cache || !mayRead || generation === undefined || body.length > LONGEST_KEPT_REQUEST) {
      return route.handle(run, parseJson(body, route.request), address);
    }
    const request = Buffer.from(body.buffer, 0, body.length).toString('latin1');
    const known = cache.get(generation, request);
    if (known) return { text: known };
    const answer = await route.handle(run, parseJson(body, route.request), address);
    const bytes = Buffer.from('text' in answer ? answer.text : JSON.stringify(answer.value));
    // What serves may have changed meanwhile; then nobody knows which of the two has answered.
    if (options.generation() === generation) cache.put(generation, request, bytes);
    return { text: bytes };
  }
  const announced = Number(ctx.req.headers['content-length'] ?? bodyLimit);
  if (announced > bodyLimit)
    throw new RestError('TOO_LARGE', `the body is larger than the limit of ${bodyLimit} bytes`);
  const release = await budget.take(announced);
  try {
    return await route.handle(run, await readBody(ctx.req, bodyLimit));
  } finally {
    release();
  }
}

const TEXTS = z.record(z.string(), z.string());
const TEXTS_LIMIT = 64 * 1024;

async function withFields<T>(ctx: Context, options: RestOptions, use: (form: ReceivedForm) => Promise<T>): Promise<T> {
  requireOwnOrigin(ctx, options.origins);
  if (isMultipart(ctx.req) || !/^application\/json\b/i.test(ctx.get('content-type')))
    return withForm(ctx.req, options.forms, use);
  const texts = parseJson(await readBody(ctx.req, TEXTS_LIMIT), TEXTS);
  return use({ fields: new Map(Object.entries(texts)), files: new Map() });
}

/** The name twice, as RFC 6266 has it: for old clients without what is not ASCII, and whole. */
async function send(
  ctx: Context,
  { key, bytes, type, name, shown }: Download,
  { objectPath }: RestOptions,
): Promise<void> {
  const path = await objectPath(key);
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  if (shown) ctx.set('Content-Security-Policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'");
  ctx.set('Content-Disposition', `${shown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${whole}`);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.type = type;
  ctx.length = bytes;
  ctx.status = 200;
  if (ctx.method !== 'HEAD') ctx.body = createReadStream(path);
  ctx.length = bytes;
}

/** The methods of the path: as an answer to OPTIONS, as an error otherwise. */
function refuseMethod(ctx: Context, methods: readonly string[]): void {
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  ctx.set('Allow', allowed);
  if (ctx.method !== 'OPTIONS') {
    throw new RestError('METHOD_NOT_ALLOWED', `${ctx.method} is not a method of ${ctx.path}; it has ${allowed}`);
  }
  ctx.status = 204;
}
