import { join } from 'node:path';
import type { Logger } from 'pino';
import type { S3Config } from '../config.ts';
import type { Database } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import type { EventBus } from '../events/events.ts';
import { Pause } from '../mlflow/pause.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import {
  freeAll,
  giveBack,
  type HeldRevision,
  LEASE_SECONDS,
  markLost,
  markWritten,
  renew,
  takeNext,
} from './claims.ts';
import { planRevision } from './plan-revision.ts';
import { sweepCache } from './sweep.ts';
import { WriterProcess } from './writer-process.ts';

/** Events may be lost, and other processes have their own: so it looks by itself, too. */
const LOOK_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

export interface RevisionWriterDeps {
  readonly database: Database;
  readonly objects: ObjectStore;
  readonly events: EventBus;
  readonly logger: Logger;
  readonly pipelines: readonly Pipeline[];
  readonly dataDir: string;
  readonly s3: S3Config | undefined;
}

/** Where the repository is, within the data folder. */
export function repositoryFolder(dataDir: string): string {
  return join(dataDir, 'dvc');
}

/**
 * Writes a DVC revision for every job that has processed a version, oldest first, one at a time. Nothing waits for it. Of
 * several processes one writes at a time, because each revision is leased.
 */
export class RevisionWriter {
  readonly #deps: RevisionWriterDeps;
  readonly #abort = new AbortController();
  readonly #pause = new Pause();
  #process: WriterProcess | undefined;
  #unsubscribe: () => void = () => undefined;
  #finished: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(deps: RevisionWriterDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#unsubscribe = this.#deps.events.subscribe('jobUpdated', ({ status }) => {
      if (status === 'completed' && this.#failures === 0) this.#pause.end();
    });
    this.#finished = this.#run();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#abort.abort(new Error('The service stops'));
    this.#pause.end();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { database, logger } = this.#deps;
    const { signal } = this.#abort;
    if (database.kind === 'pglite') await freeAll(database.fork()).catch((error: unknown) => this.#failed(error));
    while (!signal.aborted) {
      try {
        const held = await takeNext(database.fork());
        if (held) await this.#write(held);
        else await this.#rest();
      } catch (error) {
        this.#end();
        if (signal.aborted) return;
        this.#failed(error);
        await this.#pause.wait(Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS));
      }
    }
    logger.debug('no more DVC revisions are written');
  }

  async #rest(): Promise<void> {
    this.#end();
    const { database, objects, dataDir, s3, logger } = this.#deps;
    const swept = await sweepCache(database, { objects, root: repositoryFolder(dataDir), s3 });
    if (swept > 0) logger.info({ objects: swept }, "removed objects of superseded versions from DVC's cache");
    await this.#pause.wait(LOOK_MS);
  }

  /** Rejects when the revision could not be written, and gives it back before. */
  async #write(held: HeldRevision): Promise<void> {
    const { database, logger, pipelines, dataDir, s3 } = this.#deps;
    const lost = new AbortController();
    let renewedAt = Date.now();
    const renewal = setInterval(
      () => {
        const askedAt = Date.now();
        renew(database.fork(), held).then(
          (stillHeld) => {
            if (stillHeld) renewedAt = askedAt;
            else lost.abort(new Error('Another writer has taken the revision'));
          },
          (error: unknown) => logger.debug({ err: error }, 'the lease of a DVC revision was not renewed'),
        );
        // Another one may have it by now, and perhaps the same folder.
        if (askedAt - renewedAt >= LEASE_SECONDS * 1000) lost.abort(new Error('The lease of the revision has run out'));
      },
      (LEASE_SECONDS / 4) * 1000,
    );
    try {
      const plan = await planRevision(database.fork(), held, pipelines);
      this.#process ??= new WriterProcess();
      const order = { root: repositoryFolder(dataDir), objects: { dataDir, s3 }, plan };
      const written = await this.#process.write(order, AbortSignal.any([this.#abort.signal, lost.signal]));
      await markWritten(database.fork(), held, written);
      logger.debug({ tag: held.tag, commit: written.commit }, 'DVC revision written');
      this.#failures = 0;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'ARTIFACT_MISSING') {
        logger.warn({ err: error, tag: held.tag }, 'a version has no DVC revision: its files are gone');
        return await markLost(database.fork(), held, error.message);
      }
      await giveBack(database.fork(), held, this.#abort.signal.aborted ? undefined : String(error));
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  #end(): void {
    this.#process?.kill();
    this.#process = undefined;
  }

  #failed(error: unknown): void {
    this.#failures += 1;
    if (this.#failures === 1) this.#deps.logger.warn({ err: error }, 'a DVC revision cannot be written for now');
  }
}
