import type { DomainEvent, EventBus, EventMap, EventName } from './events.ts';

/** A reader that does not keep up loses the oldest events rather than the process its memory. */
const BACKLOG = 1000;

type Listener = (payload: never) => void;

/** Events inside one process. */
export class MemoryEventBus implements EventBus {
  readonly state = 'alone';
  readonly #listeners = new Map<EventName, Set<Listener>>();
  readonly #onListenerError: (error: unknown) => void;

  constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError;
  }

  publish(event: DomainEvent): void {
    this.tell(event);
  }

  tell(event: DomainEvent): void {
    for (const listener of this.#listeners.get(event.name) ?? []) {
      try {
        (listener as (payload: DomainEvent['payload']) => void)(event.payload);
      } catch (error) {
        // One bad listener must neither stop the others nor the runner that published.
        this.#onListenerError(error);
      }
    }
  }

  async stop(): Promise<void> {}

  subscribe<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void {
    let listeners = this.#listeners.get(name);
    if (!listeners) {
      listeners = new Set();
      this.#listeners.set(name, listeners);
    }
    listeners.add(listener as Listener);
    return () => listeners.delete(listener as Listener);
  }

  stream<Name extends EventName>(
    name: Name,
    options: { signal?: AbortSignal; filter?: (payload: EventMap[Name]) => boolean } = {},
  ): AsyncIterableIterator<EventMap[Name]> {
    const backlog: EventMap[Name][] = [];
    const waiting: ((result: IteratorResult<EventMap[Name]>) => void)[] = [];
    let ended = false;

    const unsubscribe = this.subscribe(name, (payload) => {
      if (options.filter && !options.filter(payload)) return;
      const reader = waiting.shift();
      if (reader) return reader({ value: payload, done: false });
      backlog.push(payload);
      if (backlog.length > BACKLOG) backlog.shift();
    });
    const end = () => {
      if (ended) return;
      ended = true;
      unsubscribe();
      options.signal?.removeEventListener('abort', end);
      for (const reader of waiting.splice(0)) reader({ value: undefined, done: true });
    };
    if (options.signal?.aborted) end();
    else options.signal?.addEventListener('abort', end, { once: true });

    return {
      next() {
        const value = backlog.shift();
        if (value !== undefined) return Promise.resolve({ value, done: false });
        if (ended) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => waiting.push(resolve));
      },
      return() {
        end();
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
