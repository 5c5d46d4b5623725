import { z } from 'zod';
import { Client } from '../../client.ts';
import { graphqlWebSocket } from '../../graphql-websocket.ts';
import { jobsOf } from './graphql.ts';

const ENDED = ['completed', 'failed', 'cancelled'];
const message = z.object({ type: z.string(), payload: z.unknown().optional() });
const update = z.object({ data: z.object({ jobUpdated: z.object({ uuid: z.string(), status: z.string() }) }) });

/**
 * A page's websocket to one replica: subscribed to jobs, opened again when it breaks, after which, and after an update that came as
 * an error, it asks what it has missed. Knows how it learned of each end.
 */
export class Subscriber {
  /** The last status of each job that ended, and how it was heard of. */
  readonly ends = new Map<string, { status: string; by: 'event' | 'query' }>();
  reconnects = -1;
  readonly #url: string;
  readonly #client: Client;
  #socket: WebSocket | undefined;
  #closed = false;
  #asking: Promise<void> | undefined;

  constructor(url: string) {
    this.#url = url;
    this.#client = new Client(url, { timeoutMs: 5000 });
    this.#begin();
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
    this.#client.close();
  }

  #begin(): void {
    if (this.#closed) return;
    this.#client.signIn().then(
      (cookie) => this.#open(cookie),
      () => setTimeout(() => this.#begin(), 200),
    );
  }

  #open(cookie: string): void {
    if (this.#closed) return;
    const socket = graphqlWebSocket(this.#url, cookie);
    this.#socket = socket;
    socket.addEventListener('open', () => socket.send('{"type":"connection_init"}'));
    socket.addEventListener('message', ({ data }) => this.#take(socket, String(data)));
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', () => setTimeout(() => this.#open(cookie), 200));
  }

  #take(socket: WebSocket, text: string): void {
    const { type, payload } = message.parse(JSON.parse(text));
    if (type === 'ping') socket.send('{"type":"pong"}');
    if (type === 'connection_ack') {
      this.reconnects++;
      const query = 'subscription { jobUpdated { uuid status } }';
      socket.send(JSON.stringify({ type: 'subscribe', id: 'jobs', payload: { query } }));
      this.#ask();
    }
    if (type !== 'next') return;
    const job = update.safeParse(payload);
    if (job.success) this.#note(job.data.data.jobUpdated, 'event');
    else this.#ask();
  }

  #ask(): void {
    this.#asking ??= (async () => {
      while (!this.#closed) {
        try {
          for (const job of await jobsOf(this.#client)) this.#note(job, 'query');
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      }
    })().finally(() => {
      this.#asking = undefined;
    });
  }

  #note({ uuid, status }: { uuid: string; status: string }, by: 'event' | 'query'): void {
    if (ENDED.includes(status) && !this.ends.has(uuid)) this.ends.set(uuid, { status, by });
  }
}
