import type { Database, Em } from '../db/orm.ts';

/** While it lasts, the version cannot be closed. */
export interface Pass {
  /** Hash of the manifest where the version is closed already: then nothing may be added to it. */
  readonly closed: string | undefined;
  /** Ends the pass. Resolves once what was stored under it counts: only then may the sender be told. */
  leave(): Promise<void>;
}

/** Keeps batches and the commit of their version apart, also where they meet different processes. */
export interface ReceptionGate {
  enter(versionId: string): Promise<Pass>;
}

/** One process alone: what it knows of its intakes is enough. */
export const OPEN_GATE: ReceptionGate = {
  enter: async () => ({ closed: undefined, leave: async () => undefined }),
};

/** Waits for every reception of the version, in all processes, and keeps others out to the end of the transaction. */
export async function lockReception(tx: Em, versionId: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 1))', [versionId]);
}

/** Batches that arrive within it share one transaction: a lock for each would cost more than the batch. */
const SHARED_MS = 100;

/**
 * A gate on PostgreSQL's advisory locks, which are fair: a commit that waits lets no further batch in. A lock lost with its
 * connection fails the end of the transaction, and then the batches under it are not acknowledged.
 */
export class PostgresGate implements ReceptionGate {
  readonly #database: Database;
  readonly #turns = new Map<string, Turn>();

  constructor(database: Database) {
    this.#database = database;
  }

  async enter(versionId: string): Promise<Pass> {
    let turn = this.#turns.get(versionId);
    while (turn && !turn.takes()) {
      await turn.over.catch(() => undefined);
      turn = this.#turns.get(versionId);
    }
    if (!turn) {
      turn = new Turn(this.#database, versionId, () => this.#turns.delete(versionId));
      this.#turns.set(versionId, turn);
    }
    return turn.join();
  }
}

class Turn {
  /** Settles with the transaction. */
  readonly over: Promise<void>;
  readonly #since = performance.now();
  readonly #ready = Promise.withResolvers<string | undefined>();
  readonly #last = Promise.withResolvers<void>();
  readonly #onEnd: () => void;
  #inside = 0;
  #ending = false;

  constructor(database: Database, versionId: string, onEnd: () => void) {
    this.#onEnd = onEnd;
    this.over = database.fork().transactional(async (tx) => {
      await tx.execute('select pg_advisory_xact_lock_shared(hashtextextended(?, 1))', [versionId]);
      const [row] = await tx.execute<{ status: string; manifest_hash: string | null }[]>(
        'select status, manifest_hash from dataset_version where id = ?',
        [versionId],
      );
      this.#ready.resolve(row && row.status !== 'receiving' ? (row.manifest_hash ?? '') : undefined);
      await this.#last.promise;
    });
    this.over.catch((error: unknown) => {
      this.#ready.reject(error);
      this.#end();
    });
    this.#ready.promise.catch(() => undefined);
  }

  takes(): boolean {
    return !this.#ending && performance.now() - this.#since < SHARED_MS;
  }

  async join(): Promise<Pass> {
    this.#inside++;
    try {
      return { closed: await this.#ready.promise, leave: () => this.#leave() };
    } catch (error) {
      await this.#leave().catch(() => undefined);
      throw error;
    }
  }

  #leave(): Promise<void> {
    if (--this.#inside === 0) this.#end();
    return this.over;
  }

  #end(): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#onEnd();
    this.#last.resolve();
  }
}
