import { firstIdAt, newId } from '../../db/ids.ts';
import type { Database } from '../../db/orm.ts';
import { type EventBus, event } from '../../events/events.ts';
import { asOutage } from '../../outage.ts';
import type { Json } from '../../pipelines/stage.ts';
import type { LogLevel } from './log-line.entity.ts';

export interface JobLogDeps {
  readonly database: Database;
  readonly events: EventBus;
  readonly onError: (error: unknown, message: string) => void;
}

export interface NewLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly stage?: string | undefined;
  readonly fields?: { readonly [key: string]: Json } | undefined;
}

interface Line extends NewLine {
  readonly id: string;
  readonly jobId: string;
  readonly fields: { readonly [key: string]: Json };
  readonly at: Date;
}

/** Lines of a job that stay; of more the oldest go, a tenth at a time. */
export const LINES_OF_JOB = 5000;
const TRIM_EVERY = LINES_OF_JOB / 10;
const FLUSH_MS = 500;
/** Lines that wait to be written; what a stage says beyond is counted only. */
const WAITING_AT_MOST = 1000;
const MESSAGE_CHARACTERS = 2000;
const FIELDS_CHARACTERS = 4000;
export const KEPT_DAYS = 30;
const SWEEP_MS = 3_600_000;

/**
 * What jobs say of themselves, kept in the database and told to listeners. Nobody waits for a line: they are written together, twice
 * a second, and stay in memory while the database is away.
 */
export class JobLog {
  readonly #deps: JobLogDeps;
  #waiting: Line[] = [];
  /** Lines that were left out, by job. */
  readonly #left = new Map<string, number>();
  /** Lines written since the job was last trimmed. */
  readonly #written = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #sweeper: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(deps: JobLogDeps) {
    this.#deps = deps;
  }

  write(jobId: string, { level, message, stage, fields = {} }: NewLine): void {
    if (this.#waiting.length >= WAITING_AT_MOST) {
      this.#left.set(jobId, (this.#left.get(jobId) ?? 0) + 1);
      return;
    }
    this.#waiting.push({
      id: newId(),
      jobId,
      stage,
      level,
      message: keepable(message.slice(0, MESSAGE_CHARACTERS)),
      fields: bounded(fields),
      at: new Date(),
    });
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Removes what is too old, now and every hour. For those that take jobs: one of them is enough. */
  startSweeping(): void {
    const sweep = () => {
      this.removeOlderThan(new Date(Date.now() - KEPT_DAYS * 86_400_000)).catch((error: unknown) =>
        this.#deps.onError(error, 'old lines of jobs could not be removed'),
      );
    };
    sweep();
    this.#sweeper = setInterval(sweep, SWEEP_MS).unref();
  }

  async removeOlderThan(time: Date): Promise<void> {
    await this.#deps.database.fork().execute('delete from job_log_line where id < ?', [firstIdAt(time.getTime())]);
  }

  /** Writes what waits. Resolves when it is written, or the database has refused it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#flush());
    return this.#writing;
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweeper);
    await this.flush();
    clearTimeout(this.#timer);
  }

  async #flush(): Promise<void> {
    const left = [...this.#left].map(([jobId, count]) => leftOut(jobId, count));
    const lines = [...this.#waiting, ...left];
    if (lines.length === 0) return;
    this.#waiting = [];
    this.#left.clear();
    try {
      await this.#insert(lines);
    } catch (error) {
      this.#deps.onError(error, `${lines.length} lines of jobs could not be written`);
      // Lines that the database does not like would keep all others from it for ever.
      if (!asOutage(error)) return;
      // For the next time; what came in the meantime is younger.
      this.#waiting = [...lines, ...this.#waiting].slice(0, WAITING_AT_MOST);
      this.#timer ??= setTimeout(() => void this.flush(), 10 * FLUSH_MS).unref();
      return;
    }
    for (const { id, jobId, stage, level, message, fields, at } of lines) {
      const payload = { id, jobId, stage: stage ?? null, level, message, fields, at: at.toISOString() };
      this.#deps.events.publish(event('jobLogged', payload));
    }
  }

  async #insert(lines: readonly Line[]): Promise<void> {
    const em = this.#deps.database.fork();
    const rows = lines.map((line) => ({ ...line, job_id: line.jobId, stage: line.stage ?? null }));
    // A job that is gone in the meantime takes its lines along.
    await em.execute(
      `insert into job_log_line (id, job_id, stage, level, message, fields, at)
       select l.id, l.job_id, l.stage, l.level, l.message, l.fields, l.at
       from jsonb_to_recordset(?::jsonb) as l (id uuid, job_id uuid, stage text, level text, message text, fields jsonb, at timestamptz)
       where exists (select 1 from job where job.id = l.job_id)
       on conflict do nothing`,
      [JSON.stringify(rows)],
    );
    for (const { jobId } of lines) this.#written.set(jobId, (this.#written.get(jobId) ?? 0) + 1);
    for (const [jobId, count] of this.#written) if (count >= TRIM_EVERY) await this.#trim(jobId);
    // Small whatever runs: a job that is forgotten here is trimmed a little later.
    if (this.#written.size > 1000) this.#written.clear();
  }

  async #trim(jobId: string): Promise<void> {
    this.#written.delete(jobId);
    await this.#deps.database.fork().execute(
      `delete from job_log_line where job_id = ? and id <=
         (select id from job_log_line where job_id = ? order by id desc offset ${LINES_OF_JOB} limit 1)`,
      [jobId, jobId],
    );
  }
}

function leftOut(jobId: string, count: number): Line {
  const message = `${count} lines were left out: the job says more than is kept`;
  return { id: newId(), jobId, level: 'warning', message, fields: {}, at: new Date() };
}

function bounded(fields: { readonly [key: string]: Json }): { [key: string]: Json } {
  const characters = JSON.stringify(fields).length;
  if (characters > FIELDS_CHARACTERS) return { omitted: `${characters} characters` };
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [keepable(key), keepableJson(value)]));
}

function keepableJson(value: Json): Json {
  if (typeof value === 'string') return keepable(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(keepableJson);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [keepable(key), keepableJson(part)]));
}

/** Without what PostgreSQL takes for no text: NUL, and halves of surrogate pairs. */
function keepable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
