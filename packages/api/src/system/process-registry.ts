import { hostname } from 'node:os';
import { newId } from '../db/ids.ts';
import type { Database } from '../db/orm.ts';

export interface ProcessFacts {
  readonly role: 'all' | 'api' | 'worker';
  readonly commit: string | undefined;
  /** Ids of the jobs that run here now. */
  readonly jobs: () => readonly string[];
  readonly onError: (error: unknown, message: string) => void;
}

const BEAT_MS = 3000;
/** Longer than a process is kept from its beat by a database that restarts. */
export const SILENT_AFTER_MS = 15_000;
/** A process that was killed is shown as gone for so long. */
const FORGOTTEN_AFTER_MS = 86_400_000;

/** Tells the others, by the database, that this process lives and what it runs. */
export class ProcessRegistry {
  readonly id = newId();
  readonly startedAt = new Date();
  readonly #database: Database;
  readonly #facts: ProcessFacts;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;

  constructor(database: Database, facts: ProcessFacts) {
    this.#database = database;
    this.#facts = facts;
  }

  async start(): Promise<void> {
    await this.#removeForgotten();
    await this.#write();
    this.#timer = setInterval(() => void this.beat(), BEAT_MS);
    this.#timer.unref();
  }

  /** A sign of life at once. Its failure is told, and is no trouble: the next is due soon. */
  beat(): Promise<void> {
    this.#beating ??= this.#write()
      .catch((error: unknown) => this.#facts.onError(error, 'the sign of life could not be written'))
      .finally(() => {
        this.#beating = undefined;
      });
    return this.#beating;
  }

  async stop(): Promise<void> {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#beating;
    const gone = this.#database.fork().execute('delete from service_process where id = ?', [this.id]);
    // The database may be away, and its absence must not keep the process from ending.
    await gone.catch((error: unknown) => this.#facts.onError(error, 'the process could not sign off'));
  }

  /** On PGlite every other process is dead: this one owns the database. */
  async #removeForgotten(): Promise<void> {
    const seconds = this.#database.kind === 'pglite' ? 0 : FORGOTTEN_AFTER_MS / 1000;
    await this.#database
      .fork()
      .execute('delete from service_process where seen_at <= now() - make_interval(secs => ?)', [seconds]);
  }

  async #write(): Promise<void> {
    const { role, commit, jobs } = this.#facts;
    await this.#database.fork().execute(
      `insert into service_process (id, role, host, pid, source_commit, jobs, memory_bytes, started_at, seen_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, now())
       on conflict (id) do update set jobs = excluded.jobs, memory_bytes = excluded.memory_bytes, seen_at = excluded.seen_at`,
      [
        this.id,
        role,
        hostname(),
        process.pid,
        commit ?? null,
        JSON.stringify(jobs()),
        process.memoryUsage.rss(),
        this.startedAt,
      ],
    );
  }
}
