import { asOutage } from '../outage.ts';
import type { Caller } from './caller.ts';
import { tokenHash } from './tokens.ts';

/** While the database is away whoever was seen this lately is taken at their word: nobody can put them out meanwhile. */
const LONGEST_MS = 10 * 60_000;
const MOST = 10_000;

/** Audiences come from memory, and a database that is away for a minute must not keep callers from them. */
export class KnownCallers {
  readonly #seen = new Map<string, { readonly caller: Caller; readonly at: number }>();

  /** @param ask the database; its answer counts whenever there is one. @throws whatever it throws, where nobody was seen. */
  async find(token: string, ask: () => Promise<Caller | undefined>): Promise<Caller | undefined> {
    const key = tokenHash(token);
    try {
      const caller = await ask();
      this.#seen.delete(key);
      if (caller) this.#seen.set(key, { caller, at: performance.now() });
      const [oldest] = this.#seen.keys();
      if (oldest !== undefined && this.#seen.size > MOST) this.#seen.delete(oldest);
      return caller;
    } catch (error) {
      const seen = this.#seen.get(key);
      if (!seen || !asOutage(error) || performance.now() - seen.at > LONGEST_MS) throw error;
      return seen.caller;
    }
  }
}
