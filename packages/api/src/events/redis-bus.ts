import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { z } from 'zod';
import type { DomainEvent, EventBus, EventMap, EventName } from './events.ts';
import { MemoryEventBus } from './memory-bus.ts';

const CHANNEL = 'kindred:events';

/** What one process tells the others. Payloads are those of EVENTS, written by a process of ours. */
const messageSchema = z.object({
  origin: z.string(),
  name: z.string(),
  payload: z.record(z.string(), z.unknown()),
});

export interface RedisBusOptions {
  readonly url: string;
  readonly onListenerError: (error: unknown) => void;
  /** Told once when Redis goes and once when it is back. */
  readonly onState: (state: 'connected' | 'lost', error?: unknown) => void;
}

/** Waits longer after each failed attempt, up to two seconds: a Redis that restarts is found again within that. */
const RECONNECT = { first: 50, longest: 2000 };

/** A Redis that answers no ping, sent every `ping` ms, for `longest` is lost: a network may swallow packets. */
const SILENCE = { ping: 2000, longest: 6000 };
/** What may wait for the answer of a Redis that keeps silent: events beyond it are not told to others. */
const MOST_WAITING = 10_000;

/**
 * Events between processes, over Redis. In this process they go from hand to hand, so that it works as well as ever while Redis
 * is away; the others miss what happens then. Nothing depends on an event arriving: what must not be lost is in the database.
 */
export class RedisEventBus implements EventBus {
  readonly #local: MemoryEventBus;
  readonly #origin = randomUUID();
  readonly #publisher;
  readonly #subscriber;
  readonly #options: RedisBusOptions;
  #announced: 'connected' | 'lost' | undefined;
  /** Events that other processes were not told. */
  unsent = 0;

  constructor(options: RedisBusOptions) {
    this.#options = options;
    this.#local = new MemoryEventBus(options.onListenerError);
    const socket = {
      connectTimeout: RECONNECT.longest,
      socketTimeout: SILENCE.longest,
      reconnectStrategy: (retries: number) => Math.min(RECONNECT.first * 2 ** retries, RECONNECT.longest),
    };
    const shared = { url: options.url, socket, pingInterval: SILENCE.ping, commandsQueueMaxLength: MOST_WAITING };
    // Without a queue: an event that Redis cannot take now is old news when it is back.
    this.#publisher = createClient({ ...shared, disableOfflineQueue: true });
    this.#subscriber = createClient(shared);
    for (const client of [this.#publisher, this.#subscriber]) {
      client.on('ready', () => this.#look());
      client.on('error', (error: unknown) => this.#look(error));
      client.on('reconnecting', () => this.#look());
    }
  }

  /** Connects in the background: a service whose Redis is away starts all the same. */
  start(): void {
    for (const client of [this.#publisher, this.#subscriber])
      client.connect().catch((error: unknown) => this.#look(error));
    this.#subscriber.subscribe(CHANNEL, (text) => this.#receive(text)).catch((error: unknown) => this.#look(error));
  }

  get state(): 'connected' | 'lost' {
    return this.#publisher.isReady && this.#subscriber.isReady ? 'connected' : 'lost';
  }

  publish(event: DomainEvent): void {
    this.#local.publish(event);
    const message = JSON.stringify({ origin: this.#origin, ...event });
    this.#publisher.publish(CHANNEL, message).catch(() => {
      this.unsent++;
    });
  }

  tell(event: DomainEvent): void {
    this.#local.publish(event);
  }

  subscribe<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void {
    return this.#local.subscribe(name, listener);
  }

  stream<Name extends EventName>(
    name: Name,
    options?: { signal?: AbortSignal; filter?: (payload: EventMap[Name]) => boolean },
  ): AsyncIterableIterator<EventMap[Name]> {
    return this.#local.stream(name, options);
  }

  async stop(): Promise<void> {
    this.#announced = 'lost';
    for (const client of [this.#publisher, this.#subscriber]) client.destroy();
  }

  #receive(text: string): void {
    const parsed = messageSchema.safeParse(parse(text));
    if (!parsed.success || parsed.data.origin === this.#origin) return;
    const { name, payload } = parsed.data;
    this.#local.publish({ name, payload } as unknown as DomainEvent);
  }

  #look(error?: unknown): void {
    const { state } = this;
    if (state === this.#announced || (this.#announced === undefined && state === 'lost' && !error)) return;
    this.#announced = state;
    this.#options.onState(state, error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
