import { type Client, createClient } from 'graphql-ws';
import { type AnyDocument, type Result, textOf, type Variables } from '../graphql/graphql.ts';
import { type Connection, ConnectionStore } from './connection.ts';

export interface Live {
  readonly connection: Connection;
  /** News of a subscription until the returned call; over any number of connections. */
  follow<D extends AnyDocument>(document: D, variables: Variables<D>, listener: (news: Result<D>) => void): () => void;
  /** Calls when a connection is there again after a gap: what happened meanwhile was not told. */
  onCatchUp(listener: () => void): () => void;
  /** Opens anew, as another caller: after signing in or out. */
  reopen(): void;
  close(): void;
}

export interface LiveOptions {
  readonly url: string;
  /** Of one attempt; longer each time, with chance in it, so that a restarted server is not met by all at once. */
  readonly delay?: (attempt: number) => number;
  readonly WebSocket?: typeof WebSocket;
}

const LONGEST_MS = 15_000;
/** Silence for so long is asked about; a server that does not answer then is given up. */
const KEEP_ALIVE_MS = 10_000;
const ANSWER_MS = 5_000;
/** Subscriptions have no answer: after so long the server has them, and what is asked then misses nothing. */
const SUBSCRIBED_MS = 200;

const backOff = (attempt: number) => Math.min(LONGEST_MS, 300 * 2 ** attempt) * (0.5 + Math.random() / 2);

/** One websocket for everything that is live on the screen; it comes back by itself for as long as the page is open. */
export function createLive({ url, delay = backOff, WebSocket: implementation }: LiveOptions): Live {
  const connection = new ConnectionStore();
  const caughtUp = new Set<() => void>();
  const wait = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, delay(attempt)));
  const catchUp = () => setTimeout(() => caughtUp.forEach((listener) => void listener()), SUBSCRIBED_MS);
  let socket: WebSocket | undefined;
  let gap = false;
  let awaited: ReturnType<typeof setTimeout> | undefined;
  const client: Client = createClient({
    url,
    lazyCloseTimeout: 3_000,
    keepAlive: KEEP_ALIVE_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: wait,
    // Whatever ended it, a refusal included, may have passed: the session may be there a moment later.
    shouldRetry: () => true,
    ...(implementation ? { webSocketImpl: implementation } : {}),
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      connected: () => {
        connection.set('live');
        if (gap) catchUp();
        gap = false;
      },
      ping: (received) => {
        if (!received) awaited = setTimeout(() => client.terminate(), ANSWER_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(awaited);
      },
      closed: () => {
        clearTimeout(awaited);
        gap = true;
        connection.set('lost');
      },
    },
  });

  const follow: Live['follow'] = (document, variables, listener) => {
    let stop = () => {};
    let ended = false;
    let attempt = 0;
    const subscribe = () => {
      stop = client.subscribe(
        { query: textOf(document), variables: variables as Record<string, unknown> },
        {
          next: ({ data }) => {
            attempt = 0;
            if (data) listener(data as never);
          },
          error: again,
          complete: again,
        },
      );
    };
    // A server that stops ends its streams in order before it closes, and one may refuse what it will give later.
    const again = async () => {
      if (ended) return;
      await wait(attempt++);
      if (ended) return;
      subscribe();
      catchUp();
    };
    subscribe();
    return () => {
      ended = true;
      stop();
    };
  };

  return {
    connection,
    follow,
    onCatchUp: (listener) => {
      caughtUp.add(listener);
      return () => caughtUp.delete(listener);
    },
    reopen: () => socket?.close(4205, 'another caller'),
    close: () => void client.dispose(),
  };
}
