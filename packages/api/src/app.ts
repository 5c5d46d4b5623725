import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { AccessSweep } from './access/access-sweep.ts';
import { AuditJournal } from './access/audit/journal.ts';
import { KnownCallers } from './access/known-callers.ts';
import { removeSuperseded } from './artifacts/retention.ts';
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import { keepStatistics } from './db/keep-statistics.ts';
import { openDatabase } from './db/orm.ts';
import { dependenciesOf } from './dependencies/dependencies.ts';
import { DependencyWatch } from './dependencies/dependency-watch.ts';
import { RevisionWriter } from './dvc/revision-writer.ts';
import { openEventBus } from './events/open-event-bus.ts';
import { EndedJobs } from './jobs/ended-jobs.ts';
import { JobLog } from './jobs/log/job-log.ts';
import { logJobs } from './jobs/log-jobs.ts';
import { openQueue } from './jobs/queue.ts';
import { Worker } from './jobs/worker.ts';
import { openLogger } from './logger.ts';
import { MlflowSender } from './mlflow/mlflow-sender.ts';
import { FileObjectStore } from './objects/file-store.ts';
import { openObjectStore } from './objects/open-store.ts';
import { ComputePool } from './pipelines/compute-pool.ts';
import type { Pipeline } from './pipelines/pipeline.ts';
import { PipelineRunner } from './pipelines/run-pipeline.ts';
import { removeEndedScratch, scratchFolder } from './pipelines/scratch.ts';
import { ScheduleClock } from './schedules/schedule-clock.ts';
import { sourceCommit } from './source-commit.ts';
import { ProcessRegistry } from './system/process-registry.ts';

export interface App extends Core {
  /** Takes up work: jobs left behind by a crash first. Nothing in the role `api`. */
  start(): Promise<void>;
  /** Gives running jobs back to the queue and closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** How often the local copies of objects are brought below their limit. */
const SWEEP_CACHE_MS = 30_000;

/** What tests put in the place of the service's own. */
export interface AppParts {
  readonly pipelines?: readonly Pipeline[];
  /** URL of a module that exports `STAGES`. */
  readonly stagesModule?: string;
  readonly logger?: Logger;
}

/**
 * The only wiring of the service.
 *
 * @throws DomainError DATABASE_LOCKED when another process uses the data folder.
 */
export async function createApp(config: Config, parts: AppParts = {}): Promise<App> {
  const logger = parts.logger ?? openLogger(config);
  const onError = (error: unknown, message: string) => logger.error({ err: error }, message);
  // Imported here, so that a test of the core does not load the systems on top of it.
  const pipelines = parts.pipelines ?? (await import('./pipelines/pipelines.ts')).PIPELINES;
  const database = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl });
  try {
    const objectOptions = { dataDir: config.dataDir, s3: config.s3 };
    const objects = await openObjectStore({ ...objectOptions, sweepEveryMs: SWEEP_CACHE_MS });
    if (database.kind === 'pglite') {
      // The database's lock says that nobody else works in this folder.
      await rm(scratchFolder(config.dataDir), { recursive: true, force: true });
      if (objects instanceof FileObjectStore) await objects.removeLeftovers();
    }
    const events = await openEventBus(config, logger);
    const queue = await openQueue(database, config.databaseUrl, logger);
    const jobLog = new JobLog({ database, events, onError });
    const pool = new ComputePool({
      stagesModule: parts.stagesModule ?? new URL('./pipelines/stages.ts', import.meta.url).href,
      objects: objectOptions,
    });
    const commit = config.commit ?? (await sourceCommit());
    const runner = new PipelineRunner(
      {
        database,
        store: objects,
        events,
        queue,
        pool,
        jobLog,
        dataDir: config.dataDir,
        threads: config.computeThreads,
        memoryBytes: config.computeMemoryBytes,
        commit,
        logger,
        onError,
      },
      pipelines,
    );
    if (config.role !== 'all' && config.s3 === undefined) {
      logger.warn({ dataDir: config.dataDir }, 'without S3 every api and worker process must share this very folder');
    }
    const worker = new Worker({ database, queue, runner, concurrency: config.jobConcurrency, onError });
    const sender = config.mlflow && new MlflowSender({ database, objects, events, logger }, config.mlflow);
    const revisions =
      config.dvc &&
      new RevisionWriter({ database, objects, events, logger, pipelines, dataDir: config.dataDir, s3: config.s3 });
    const dependencies = new DependencyWatch(dependenciesOf(config, database, events), logger);
    const endedJobs = new EndedJobs({ database, events, logger });
    const processes = new ProcessRegistry(database, {
      role: config.role,
      commit,
      jobs: () => runner.running,
      onError: (error, message) => logger.debug({ err: error }, message),
    });
    const journal = new AuditJournal({ database, logger });
    let stopped: Promise<void> | undefined;
    let endStatistics: (() => void) | undefined;
    const app: App = {
      config,
      logger,
      database,
      objects,
      events,
      queue,
      jobLog,
      runner,
      dependencies,
      pipelines,
      processes,
      commit,
      journal,
      callers: new KnownCallers(),
      async start() {
        await processes.start();
        endStatistics = keepStatistics(database, onError);
        dependencies.start();
        endedJobs.start();
        if (config.role === 'api') return;
        pool.prepare();
        await removeEndedScratch(database, config.dataDir);
        logJobs(app);
        jobLog.startSweeping();
        await worker.start();
        sender?.start();
        if (revisions) revisions.start();
        schedules.start();
        sweep.start();
        cleanUpAfterJobs(app);
      },
      stop() {
        stopped ??= (async () => {
          endStatistics?.();
          dependencies.stop();
          await schedules.stop();
          await sweep.stop();
          await endedJobs.stop();
          await worker.stop();
          await jobLog.stop();
          await processes.stop();
          await sender?.stop();
          if (revisions) await revisions.stop();
          pool.close();
          await queue.stop();
          await events.stop();
          await journal.stop();
          await database.close();
        })();
        return stopped;
      },
    };
    const schedules = new ScheduleClock(app);
    const sweep = new AccessSweep(app);
    return app;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A version that entered the catalog supersedes others; what only they needed is removed once nothing is waiting. */
function cleanUpAfterJobs(app: App): void {
  app.events.subscribe('versionUpdated', ({ datasetId, status }) => {
    if (status !== 'processed') return;
    const ended = app.events.subscribe('jobUpdated', (job) => {
      if (job.status === 'pending' || job.status === 'running') return;
      ended();
      removeSuperseded(app, datasetId, app.config.keepVersions).then(
        ({ objects, bytes }) =>
          objects > 0 && app.logger.info({ objects, bytes }, 'removed files of superseded versions'),
        (error: unknown) => app.logger.error({ err: error }, 'files of superseded versions could not be removed'),
      );
    });
  });
}
