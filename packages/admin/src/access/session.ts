import type { Accounts, Me } from './me.ts';

/** Who is signed in, asked once and kept until something says otherwise; components watch it. */
export class Session {
  readonly #accounts: Accounts;
  readonly #listeners = new Set<() => void>();
  #asked: Promise<Me | null> | undefined;
  me: Me | null = null;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** @throws Failure where the server cannot say; then the next call asks again. */
  known(): Promise<Me | null> {
    this.#asked ??= this.#accounts.me().then(
      (me) => this.#set(me),
      (error) => {
        this.#asked = undefined;
        throw error;
      },
    );
    return this.#asked;
  }

  async signIn(name: string, password: string): Promise<Me> {
    const me = await this.#accounts.signIn(name, password);
    this.#asked = Promise.resolve(me);
    this.#set(me);
    return me;
  }

  async changePassword(current: string, next: string): Promise<void> {
    const me = await this.#accounts.changePassword(current, next);
    this.#asked = Promise.resolve(me);
    this.#set(me);
  }

  async signOut(): Promise<void> {
    if (this.me !== null) await this.#accounts.signOut();
    this.ended();
  }

  /** The server knows nobody any more. */
  ended(): void {
    this.#asked = Promise.resolve(null);
    this.#set(null);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(me: Me | null): Me | null {
    this.me = me;
    for (const listener of this.#listeners) listener();
    return me;
  }
}
