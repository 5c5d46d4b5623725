import type { JobLog } from './job-log.ts';

const EVERY_MS = 1000;

/** What a stage says of its progress, as lines of the job: each once, and one a second at the most. */
export class LoggedSteps {
  readonly #log: JobLog;
  readonly #jobId: string;
  readonly #stage: string;
  #last = '';
  #at = 0;

  constructor(log: JobLog, jobId: string, stage: string) {
    this.#log = log;
    this.#jobId = jobId;
    this.#stage = stage;
  }

  tell(done: number, message: string): void {
    const now = Date.now();
    if (message === '' || message === this.#last || now - this.#at < EVERY_MS) return;
    this.#last = message;
    this.#at = now;
    const fields = { done: Math.round(done * 1000) / 1000 };
    this.#log.write(this.#jobId, { level: 'debug', stage: this.#stage, message, fields });
  }
}
