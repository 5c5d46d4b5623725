import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type Caller, type CallFacts, isKnown, STRANGER } from '@kindred/api/access/caller.ts';
import { type Credentials, identify } from '@kindred/api/access/identify.ts';
import type { ErrorCode } from '@kindred/api/errors.ts';
import type { DoorContext, Services } from '@kindred/api/graphql/context.ts';
import { schema } from '@kindred/api/graphql/schema.ts';
import type { GraphqlServer } from '@kindred/api/graphql/server.ts';
import { asOutage } from '@kindred/api/outage.ts';
import { type DocumentNode, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type AccessOptions, WATCH_EVERY_MS } from './authenticate.ts';
import type { ClientAddress } from './client-address.ts';
import { originOf } from './same-origin.ts';
import { sessionIn } from './session-cookie.ts';

/** A page's worth of text; what comes in are documents, not data. */
const MESSAGE_LIMIT = 1024 * 1024;
/** Subscriptions and queries that one connection may have open. */
const OPERATIONS_LIMIT = 50;

/** Of a connection whose session or key has ended; clients of the protocol do not try again. */
const UNAUTHORIZED = 4401;

/** What a client may send with its first message, where it can set no headers. */
type Params = { readonly authorization?: unknown } | undefined;

type Extra = {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Who connected was no stranger. */
  known?: boolean;
};

interface Connection {
  readonly connectionParams?: Readonly<Record<string, unknown>> | undefined;
  readonly extra: Extra;
}

export interface GraphqlSocket {
  close(): Promise<void>;
}

/** GraphQL over websocket on the path of the GraphQL door, with its plugins and limits. */
export function graphqlSocket(
  server: Server,
  graphql: GraphqlServer,
  services: Services,
  { strangers = STRANGER, watchEveryMs = WATCH_EVERY_MS }: AccessOptions,
  addressOf: ClientAddress,
): GraphqlSocket {
  const { core } = services;
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
  const { logger } = core;
  /** Undefined for whoever was known and is not any more, or shows what is no key. */
  const callerOf = async (connection: Connection): Promise<Caller | undefined> => {
    const caller = await identify(core, credentialsOf(connection));
    if (caller?.kind !== 'stranger') return caller;
    return connection.extra.known ? undefined : strangers;
  };
  const look = (connection: Connection) =>
    callerOf(connection).then(
      (caller) => {
        if (!caller) end(connection);
      },
      // Whom the database cannot name now is looked up the next time.
      (error: unknown) => logger.debug({ err: error }, 'who listens could not be looked up'),
    );
  const disposable = useServer<Params, Extra>(
    {
      schema,
      onConnect: async (connection) => {
        // Whoever cannot be looked up may try again, as whoever is refused may with something else.
        const caller = await callerOf(connection).catch(() => undefined);
        if (!caller) return false;
        if (!isKnown(caller)) return true;
        connection.extra.known = true;
        const timer = setInterval(() => look(connection), watchEveryMs);
        connection.extra.socket.once('close', () => clearInterval(timer));
        return true;
      },
      // Whatever is wrong with one operation is told to that operation: an error thrown here would end the connection.
      onSubscribe: async (ctx, id, payload) => {
        // The operation that is asked for is among them already.
        if (Object.keys(ctx.subscriptions).length > OPERATIONS_LIMIT) {
          return [refusal('RATE_LIMITED', `One connection has ${OPERATIONS_LIMIT} operations at a time`)];
        }
        let caller: Caller | undefined;
        try {
          caller = await callerOf(ctx);
        } catch (error) {
          const outage = asOutage(error);
          if (!outage) logger.error({ err: error }, 'who asks over a websocket could not be looked up');
          return [refusal(outage?.code ?? 'INTERNAL', outage?.message ?? 'Who asks could not be looked up')];
        }
        if (!caller) {
          end(ctx);
          return [refusal('UNAUTHENTICATED', 'The session or the key has ended')];
        }
        const { parse, validate, contextFactory, execute, subscribe } = graphql.getEnveloped({
          caller,
          facts: factsOf(ctx, id, addressOf),
        } satisfies DoorContext);
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

/** Browsers send cookies along with websockets of any page, and say which. */
function credentialsOf({ connectionParams, extra: { request } }: Connection): Credentials {
  const given = connectionParams?.authorization;
  const authorization = typeof given === 'string' ? given : request.headers.authorization;
  return { authorization, session: originOf(request) === 'foreign' ? undefined : sessionIn(request) };
}

const factsOf = ({ extra: { request } }: Connection, operation: string, addressOf: ClientAddress): CallFacts => ({
  door: 'graphql',
  requestId: `${randomUUID()}:${operation}`.slice(0, 100),
  address: addressOf(request),
  userAgent: request.headers['user-agent'] ?? null,
});

function end({ extra: { socket } }: Connection): void {
  socket.close(UNAUTHORIZED, 'The session or the key has ended');
}

function refusal(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

type Execute = (args: unknown) => never;

/** The enveloped functions travel beside the document, because each operation has its own. */
function rootOf(value: unknown): { readonly execute: Execute; readonly subscribe: Execute } {
  return value as { execute: Execute; subscribe: Execute };
}
