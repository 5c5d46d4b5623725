import type { Logger } from 'pino';
import { newId } from '../../db/ids.ts';
import type { Database } from '../../db/orm.ts';
import { type Caller, type CallFacts, isKnown } from '../caller.ts';
import { AuditEntry } from './audit-entry.entity.ts';
import { describeArguments, targetOf } from './describe-arguments.ts';

/** How long an answer waits for its entry while the database is away; the entry is kept and written when it is back. */
const PATIENCE_MS = 2000;
const RETRY_MS = 1000;
/** Beyond them the oldest go into the log alone. */
const MOST_WAITING = 20_000;
const MOST_AT_ONCE = 500;

export interface Deed {
  readonly caller: Caller;
  readonly facts: CallFacts | undefined;
  readonly action: string;
  readonly args: object;
  /** `OK`, or the code of the error. */
  readonly outcome: string;
}

type Row = Pick<
  AuditEntry,
  'id' | 'at' | 'who' | 'role' | 'action' | 'target' | 'arguments' | 'outcome' | 'requestId' | 'address'
>;

/** Writes down what was asked for. Entries of one moment go to the database together. */
export class AuditJournal {
  readonly #database: Database;
  readonly #logger: Logger;
  #waiting: Row[] = [];
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({ database, logger }: { database: Database; logger: Logger }) {
    this.#database = database;
    this.#logger = logger;
  }

  /** @returns when the entry is in the database, or known to come later. */
  async write(deed: Deed): Promise<void> {
    this.#waiting.push(rowOf(deed));
    if (this.#waiting.length > MOST_WAITING) {
      const lost = this.#waiting.splice(0, this.#waiting.length - MOST_WAITING);
      for (const entry of lost) this.#logger.error({ entry }, 'an audit entry that the database cannot take');
    }
    const written = this.#flush();
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([written, late]);
    clearTimeout(patience);
  }

  /** Writes what waits. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#flush();
    for (const entry of this.#waiting) this.#logger.error({ entry }, 'an audit entry that the database did not take');
  }

  /** Whoever comes while rows are being written waits for them, and for those that came meanwhile. */
  #flush(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const rows = this.#waiting.slice(0, MOST_AT_ONCE);
      try {
        await this.#database.fork().insertMany(AuditEntry, rows);
      } catch (error) {
        this.#logger.error({ err: error, entries: this.#waiting.length }, 'audit entries wait for the database');
        clearTimeout(this.#retry);
        if (!this.#stopped) this.#retry = setTimeout(() => void this.#flush(), RETRY_MS).unref();
        return;
      }
      const written = new Set(rows);
      this.#waiting = this.#waiting.filter((row) => !written.has(row));
    }
  }
}

function rowOf({ caller, facts, action, args, outcome }: Deed): Row {
  return {
    id: newId(),
    at: new Date(),
    who: caller.kind === 'stranger' ? 'stranger' : caller.name,
    role: isKnown(caller) ? caller.role : null,
    action,
    target: targetOf(args),
    arguments: describeArguments(args),
    outcome,
    requestId: facts?.requestId ?? '',
    address: facts?.address ?? null,
  };
}
