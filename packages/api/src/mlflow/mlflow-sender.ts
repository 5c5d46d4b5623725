import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Database } from '../db/orm.ts';
import type { EventBus } from '../events/events.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { DELIVERIES } from './deliveries.ts';
import { MlflowClient, MlflowRefusal } from './mlflow-client.ts';
import type { MlflowConfig } from './mlflow-config.ts';
import {
  freeAll,
  giveBack,
  type HeldEntry,
  LEASE_SECONDS,
  markRefused,
  markSent,
  renew,
  takeOldest,
} from './outbox.ts';
import { Pause } from './pause.ts';

/** Events may be lost, and other processes have their own: so it looks by itself, too. */
const LOOK_MS = 5000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

export interface SenderDeps {
  readonly database: Database;
  readonly objects: ObjectStore;
  readonly events: EventBus;
  readonly logger: Logger;
}

/**
 * Sends MLflow what it is owed, oldest first, one entry at a time. Nothing waits for it: while MLflow is down the entries
 * stay, and are tried again less and less often. Of several processes one sends at a time, because each entry is leased.
 */
export class MlflowSender {
  readonly #deps: SenderDeps;
  readonly #client: MlflowClient;
  readonly #uri: string;
  readonly #holder = randomUUID();
  readonly #abort = new AbortController();
  readonly #pause = new Pause();
  #subscriptions: (() => void)[] = [];
  #finished: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(deps: SenderDeps, config: MlflowConfig) {
    this.#deps = deps;
    this.#client = new MlflowClient(config);
    this.#uri = config.uri;
  }

  start(): void {
    const { events } = this.#deps;
    const wake = () => {
      // Waiting for a server that is down is not cut short: every training would make it a try more.
      if (this.#failures === 0) this.#pause.end();
    };
    this.#subscriptions = [events.subscribe('jobUpdated', wake), events.subscribe('modelPromoted', wake)];
    this.#finished = this.#run();
  }

  async stop(): Promise<void> {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#abort.abort(new Error('The service stops'));
    this.#pause.end();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { database } = this.#deps;
    const { signal } = this.#abort;
    if (database.kind === 'pglite') await freeAll(database.fork()).catch((error: unknown) => this.#failed(error));
    while (!signal.aborted) {
      try {
        const entry = await takeOldest(database.fork(), this.#holder);
        if (entry) await this.#send(entry);
        else await this.#pause.wait(LOOK_MS);
      } catch (error) {
        if (signal.aborted) return;
        this.#failed(error);
        await this.#pause.wait(Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS));
      }
    }
  }

  /** Rejects when the entry could not be sent, and gives it back before. */
  async #send(entry: HeldEntry): Promise<void> {
    const { database, objects, logger } = this.#deps;
    const lost = new AbortController();
    const renewal = setInterval(
      () => {
        renew(database.fork(), entry, this.#holder).then(
          (held) => held || lost.abort(new Error('Another sender has taken the entry')),
          (error: unknown) => logger.debug({ err: error }, 'the lease of an entry for MLflow was not renewed'),
        );
      },
      (LEASE_SECONDS / 4) * 1000,
    );
    const signal = AbortSignal.any([this.#abort.signal, lost.signal]);
    try {
      await DELIVERIES[entry.kind](
        { em: database.fork(), client: this.#client, objects, logger, signal },
        entry.subject,
      );
      await markSent(database.fork(), entry, this.#holder);
      this.#succeeded();
    } catch (error) {
      if (error instanceof MlflowRefusal) return await this.#refused(entry, error);
      const reason = this.#abort.signal.aborted ? undefined : String(error);
      await giveBack(database.fork(), entry, this.#holder, reason);
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  async #refused(entry: HeldEntry, error: MlflowRefusal): Promise<void> {
    const { database, logger } = this.#deps;
    const text = `${error.code}: ${error.message}`;
    const givenUp = await markRefused(database.fork(), entry, this.#holder, text);
    if (givenUp) logger.error({ entry: entry.id, kind: entry.kind, subject: entry.subject }, `MLflow refuses: ${text}`);
    else await this.#pause.wait(FIRST_RETRY_MS);
  }

  #failed(error: unknown): void {
    this.#failures += 1;
    if (this.#failures > 1) return;
    this.#deps.logger.warn({ err: error, uri: this.#uri }, 'MLflow is not told for now; what it is owed is kept');
  }

  #succeeded(): void {
    if (this.#failures > 0) this.#deps.logger.info({ uri: this.#uri }, 'MLflow is told again');
    this.#failures = 0;
  }
}
