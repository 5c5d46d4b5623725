export type ConnectionState = 'connecting' | 'live' | 'lost';

/** Whether news arrive, as something that components can watch (`useSyncExternalStore`). */
export interface Connection {
  readonly state: ConnectionState;
  subscribe(listener: () => void): () => void;
}

export class ConnectionStore implements Connection {
  state: ConnectionState = 'connecting';
  readonly #listeners = new Set<() => void>();

  set(state: ConnectionState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
