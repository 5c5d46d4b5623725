import type { Core } from '../core.ts';
import { MIGRATIONS } from '../db/migrations.ts';
import type { Lookalike } from '../lookalike/lookalike.operations.ts';
import { LOOKALIKE } from '../lookalike/receive/version-ledger.ts';
import { currentDeployment } from '../models/model.operations.ts';

export const CHECK_STATUSES = ['ok', 'degraded', 'failed'] as const;

export interface Check {
  readonly name: 'database' | 'migrations' | 'objects' | 'events' | 'model';
  /** `degraded`: something is away that the service does without. */
  readonly status: (typeof CHECK_STATUSES)[number];
  /** For everybody who may ask: no addresses, no versions. */
  readonly message: string;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: readonly Check[];
}

/** Less than a probe waits. */
const LONGEST_CHECK_MS = 2000;
/** Anybody may ask, as often as they like; the stores are not asked more often than this. */
const KEEP_MS = 500;

/** Whether the process can do its work: what it stands on answers, the schema is there, and the model that should serve does. */
export class Readiness {
  readonly #core: Core;
  readonly #lookalike: Lookalike | undefined;
  #report: Promise<ReadinessReport> | undefined;
  #failing = '';

  /** @param lookalike of a process that serves; a worker has none, and no model to wait for. */
  constructor(core: Core, lookalike?: Lookalike) {
    this.#core = core;
    this.#lookalike = lookalike;
  }

  check(): Promise<ReadinessReport> {
    this.#report ??= this.#look().finally(() => {
      setTimeout(() => {
        this.#report = undefined;
      }, KEEP_MS).unref();
    });
    return this.#report;
  }

  async #look(): Promise<ReadinessReport> {
    const model = this.#lookalike;
    const found = await Promise.all([
      this.#attempt('database', 'does not answer', async () => {
        await this.#core.database.fork().execute('select 1');
        return 'answers';
      }),
      this.#attempt('migrations', 'cannot be known to be done', () => this.#migrations()),
      this.#attempt('objects', 'the store does not answer', async () => {
        await this.#core.objects.ping(AbortSignal.timeout(LONGEST_CHECK_MS));
        return 'the store answers';
      }),
      this.#events(),
      ...(model ? [this.#attempt('model', 'cannot be known to be the right one', () => this.#model(model))] : []),
    ]);
    const failed = found.filter(({ check }) => check.status === 'failed');
    this.#tell(failed);
    return { ready: failed.length === 0, checks: found.map(({ check }) => check) };
  }

  async #attempt(name: Check['name'], failure: string, look: () => Promise<string>): Promise<Finding> {
    try {
      return { check: { name, status: 'ok', message: await inTime(look()) } };
    } catch (error) {
      return { check: { name, status: 'failed', message: error instanceof Unfit ? error.message : failure }, error };
    }
  }

  async #migrations(): Promise<string> {
    const rows = await this.#core.database.fork().execute<{ name: string }[]>('select name from mikro_orm_migrations');
    const done = new Set(rows.map(({ name }) => name));
    const missing = MIGRATIONS.filter(({ name }) => !done.has(name)).length;
    if (missing > 0) throw new Unfit(`${missing} are not done`);
    return 'are done';
  }

  async #model({ server, follower }: Lookalike): Promise<string> {
    // What answers is known without the database, and goes on answering while that is away.
    if (server.generation) return 'is loaded';
    const newest = await currentDeployment(this.#core.database.fork(), LOOKALIKE);
    if (!newest?.modelVersion) return 'there is none yet';
    throw new Unfit(follower.current ? 'is being loaded' : 'is not loaded');
  }

  async #events(): Promise<Finding> {
    const { state } = this.#core.events;
    if (state === 'lost') {
      return { check: { name: 'events', status: 'degraded', message: 'stay in this process: Redis does not answer' } };
    }
    const message = state === 'alone' ? 'stay in this process' : 'reach other processes';
    return { check: { name: 'events', status: 'ok', message } };
  }

  /** Once for each change: probes come every few seconds. */
  #tell(failed: readonly Finding[]): void {
    const names = failed.map(({ check }) => check.name).join(', ');
    if (names === this.#failing) return;
    this.#failing = names;
    if (names === '') this.#core.logger.info('ready again');
    else this.#core.logger.warn({ err: failed[0]?.error }, `not ready: ${names}`);
  }
}

interface Finding {
  readonly check: Check;
  readonly error?: unknown;
}

/** Something answers, but not what it should. */
class Unfit extends Error {}

async function inTime<T>(looking: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${LONGEST_CHECK_MS} ms`)), LONGEST_CHECK_MS);
  try {
    return await Promise.race([looking, late]);
  } finally {
    clearTimeout(timer);
  }
}
