import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { GraphqlServer } from '@kindred/api/graphql/server.ts';
import type { ReceivedFile } from '@kindred/api/uploads/received-file.ts';
import type { Context, Middleware } from 'koa';
import { callerOf } from './authenticate.ts';
import { graphqlForm } from './graphql-form.ts';
import { readBody } from './read-body.ts';
import { type FormOptions, isMultipart, withForm } from './receive-form.ts';
import { requireOwnOrigin } from './same-origin.ts';

/** Batches over GraphQL are JSON inside JSON; whoever sends more at once takes the REST route. */
const BODY_LIMIT = 16 * 2 ** 20;

type WithBody = IncomingMessage & { body?: Buffer };

/** GraphQL over HTTP and server-sent events, by Yoga, behind the same limits as the REST routes. */
export function graphqlDoor(server: GraphqlServer, forms: FormOptions, origins: string): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/graphql') return next();
    ctx.state.route = '/graphql';
    const request = ctx.req as WithBody;
    if (ctx.method === 'POST' && isMultipart(request)) {
      requireOwnOrigin(ctx, origins);
      return withForm(request, forms, async (form) => {
        const { body, files } = graphqlForm(form, randomUUID);
        // From here on it is a request like others; its files wait beside.
        request.headers['content-type'] = 'application/json';
        request.headers['content-length'] = String(body.length);
        await pass(ctx, request, body, files);
      });
    }
    if (ctx.method !== 'POST') return pass(ctx, request);
    const body = await readBody(request, BODY_LIMIT);
    return pass(ctx, request, Buffer.from(body.buffer));
  };

  async function pass(ctx: Context, request: WithBody, body?: Buffer, files?: ReadonlyMap<string, ReceivedFile>) {
    if (body) request.body = body;
    ctx.respond = false;
    ctx.status = 200;
    await server.handle(ctx.req, ctx.res, { ...callerOf(ctx), files });
  }
}
