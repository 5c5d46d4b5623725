import type { Core } from '../core.ts';
import { fireSchedules } from './fire-schedules.ts';

/** A job is made so long after its time at the most. */
const LOOK_EVERY_MS = 5000;

/** Looks now and then which schedules are due: in processes that work. */
export class ScheduleClock {
  readonly #core: Core;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(core: Core) {
    this.#core = core;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#timer && this.start());
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
      await fireSchedules(this.#core, new Date());
    } catch (error) {
      this.#core.logger.error({ err: error }, 'schedules could not be looked at; the next look makes up for it');
    }
  }
}
