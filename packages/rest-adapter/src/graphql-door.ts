import type { IncomingMessage } from 'node:http';
import type { GraphqlServer } from '@kindred/api/graphql/server.ts';
import type { Middleware } from 'koa';
import { readBody } from './read-body.ts';

/** Batches over GraphQL are JSON inside JSON; whoever sends more at once takes the REST route. */
const BODY_LIMIT = 16 * 2 ** 20;

/** GraphQL over HTTP and server-sent events, by Yoga, behind the same limits as the REST routes. */
export function graphqlDoor(server: GraphqlServer): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/graphql') return next();
    ctx.state.route = '/graphql';
    const request = ctx.req as IncomingMessage & { body?: Buffer };
    if (ctx.method === 'POST') {
      const body = await readBody(request, BODY_LIMIT);
      request.body = Buffer.from(body.buffer);
    }
    ctx.respond = false;
    ctx.status = 200;
    await server.handle(ctx.req, ctx.res, { role: 'caller' });
  };
}
