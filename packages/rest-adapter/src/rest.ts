import type { GraphqlServer } from '@kindred/api/graphql/server.ts';
import type { Context, Middleware } from 'koa';
import { AnswerCache } from './answer-cache.ts';
import type { ByteBudget } from './byte-budget.ts';
import { RestError } from './error-map.ts';
import { parseJson } from './parse-json.ts';
import { readBody } from './read-body.ts';
import type { Answer, Route } from './route.ts';
import { prepareDocument, type RunDocument } from './run-document.ts';

export interface RestOptions {
  /** Largest body of a batch, in bytes. */
  readonly bodyLimit: number;
  /** Memory for all bodies that are being received. */
  readonly budget: ByteBudget;
  /** Number of what serves: data and model; undefined while nothing does. */
  readonly generation: () => number | undefined;
}

/** Longer questions are not worth keeping: hardly anybody asks them twice. */
const LONGEST_KEPT_REQUEST = 512;

interface Prepared {
  readonly route: Route;
  readonly run: RunDocument;
  /** Of routes whose answer depends on nothing but the request and what serves. */
  readonly cache: AnswerCache | undefined;
}

/** Answers the routes of THE LIST; leaves every other path to what comes after. */
export function rest(routes: readonly Route[], server: GraphqlServer, options: RestOptions): Middleware {
  const paths = new Map<string, Map<string, Prepared>>();
  for (const route of routes) {
    const methods = paths.get(route.path) ?? new Map<string, Prepared>();
    const cache = route.kind === 'json' && route.repeatable ? new AnswerCache() : undefined;
    methods.set(route.method.toUpperCase(), { route, run: prepareDocument(server, route.document), cache });
    paths.set(route.path, methods);
  }
  return async (ctx, next) => {
    const path = ctx.path.length > 1 && ctx.path.endsWith('/') ? ctx.path.slice(0, -1) : ctx.path;
    const methods = paths.get(path);
    if (!methods) return next();
    ctx.state.route = path;
    const prepared = methods.get(ctx.method === 'HEAD' ? 'GET' : ctx.method);
    if (!prepared) return refuseMethod(ctx, [...methods.keys()]);
    const answer = await handle(prepared, ctx, options);
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = 'text' in answer ? answer.text : JSON.stringify(answer.value);
  };
}

async function handle({ route, run, cache }: Prepared, ctx: Context, options: RestOptions): Promise<Answer> {
  const { bodyLimit, budget } = options;
  if (route.kind === 'plain') return route.handle(run, new URLSearchParams(ctx.querystring));
  if (route.kind === 'json') {
    const body = await readBody(ctx.req, Math.min(route.bodyLimit, bodyLimit));
    const generation = options.generation();
    if (!cache || generation === undefined || body.length > LONGEST_KEPT_REQUEST) {
      return route.handle(run, parseJson(body, route.request));
    }
    const request = Buffer.from(body.buffer, 0, body.length).toString('latin1');
    const known = cache.get(generation, request);
    if (known) return { text: known };
    const answer = await route.handle(run, parseJson(body, route.request));
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

/** The methods of the path: as an answer to OPTIONS, as an error otherwise. */
function refuseMethod(ctx: Context, methods: readonly string[]): void {
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  ctx.set('Allow', allowed);
  if (ctx.method !== 'OPTIONS') {
    throw new RestError('METHOD_NOT_ALLOWED', `${ctx.method} is not a method of ${ctx.path}; it has ${allowed}`);
  }
  ctx.status = 204;
}
