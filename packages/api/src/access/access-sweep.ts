import type { Core } from '../core.ts';
import { IDLE_MS } from './session.operations.ts';
import { FORGET_MS } from './sign-in-throttle.ts';

const SWEEP_EVERY_MS = 3600_000;
const DAY_MS = 24 * 3600_000;

/** Removes what nobody asks for any more: ended sessions, old sign-in failures, entries of the journal beyond their time. */
export class AccessSweep {
  readonly #core: Core;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();

  constructor(core: Core) {
    this.#core = core;
  }

  start(): void {
    const run = () => {
      this.#sweeping = sweepAccess(this.#core).catch((error: unknown) =>
        this.#core.logger.error(
          { err: error },
          'ended sessions and old entries of the journal stay until the next sweep',
        ),
      );
    };
    run();
    this.#timer = setInterval(run, SWEEP_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }
}

export async function sweepAccess({ database, config }: Pick<Core, 'database' | 'config'>): Promise<void> {
  const em = database.fork();
  const before = (ms: number) => new Date(Date.now() - ms);
  await em.execute('delete from user_session where ends_at < ? or last_seen_at < ?', [new Date(), before(IDLE_MS)]);
  await em.execute('delete from sign_in_attempts where last_at < ?', [before(FORGET_MS)]);
  await em.execute('delete from audit_entry where at < ?', [before(config.auditDays * DAY_MS)]);
}
