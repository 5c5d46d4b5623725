import type { Server } from 'node:http';
import type { ErrorCode } from '@kindred/api/errors.ts';
import type { GraphqlContext, Services } from '@kindred/api/graphql/context.ts';
import { schema } from '@kindred/api/graphql/schema.ts';
import type { GraphqlServer } from '@kindred/api/graphql/server.ts';
import { type DocumentNode, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { holdsToken } from './bearer-token.ts';

/** A page's worth of text; what comes in are documents, not data. */
const MESSAGE_LIMIT = 1024 * 1024;
/** Subscriptions and queries that one connection may have open. */
const OPERATIONS_LIMIT = 50;

export interface GraphqlSocket {
  close(): Promise<void>;
}

/** GraphQL over websocket on the path of the GraphQL door, with its plugins and limits. */
export function graphqlSocket(
  server: Server,
  graphql: GraphqlServer,
  services: Services,
  token: string | undefined,
): GraphqlSocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_LIMIT });
  server.on('upgrade', (request, socket, head) => {
    // Until the websocket takes the connection over nobody else listens to it, and an error unheard ends the process.
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?', 1)[0] === '/graphql') {
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
    } else {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
  });
  // A broken socket must not end the process.
  sockets.on('connection', (socket) => socket.on('error', () => socket.terminate()));
  const { logger } = services.core;
  const disposable = useServer<{ authorization?: string }>(
    {
      schema,
      onConnect: ({ connectionParams }) => token === undefined || holdsToken(connectionParams?.authorization, token),
      // Whatever is wrong with one operation is told to that operation: an error thrown here would end the connection.
      onSubscribe: async (ctx, _id, payload) => {
        // The operation that is asked for is among them already.
        if (Object.keys(ctx.subscriptions).length > OPERATIONS_LIMIT) {
          return [refusal('RATE_LIMITED', `One connection has ${OPERATIONS_LIMIT} operations at a time`)];
        }
        const { parse, validate, contextFactory, execute, subscribe } = graphql.getEnveloped({
          role: 'caller',
        } satisfies Pick<GraphqlContext, 'role'>);
        let document: DocumentNode;
        try {
          document = parse(payload.query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
        } catch (error) {
          // Limits of depth, aliases and tokens are thrown, by whichever of the two finds them.
          return [error instanceof GraphQLError ? error : refusal('INVALID_INPUT', 'The document cannot be read')];
        }
        return {
          schema,
          document,
          operationName: payload.operationName,
          variableValues: payload.variables,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        };
      },
      execute: (args) => rootOf(args.rootValue).execute(args),
      subscribe: (args) => rootOf(args.rootValue).subscribe(args),
      onError: (_ctx, _id, _payload, errors) => logger.debug({ errors }, 'errors sent over a websocket'),
    },
    sockets,
  );
  return {
    close: async () => {
      await disposable.dispose();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function refusal(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

type Execute = (args: unknown) => never;

/** The enveloped functions travel beside the document, because each operation has its own. */
function rootOf(value: unknown): { readonly execute: Execute; readonly subscribe: Execute } {
  return value as { execute: Execute; subscribe: Execute };
}
