import { CompiledQuery, type Transaction } from 'kysely';
import { type Db, fromPglite, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database, Em } from '../db/orm.ts';

const QUEUE = 'jobs';

/** Delivers job ids to workers, at least once. What a job is and who may run it is in the `job` table. */
export interface JobQueue {
  /** Queues the job in the given transaction: both are there, or neither. @param afterSeconds not to be delivered before. */
  enqueue(tx: Em, jobId: string, afterSeconds?: number): Promise<void>;
  /** Looks for queued jobs at once rather than at the next poll; called after the commit. */
  wake(): void;
  /** @param handler called with one job id at a time on each of `concurrency` lines; a rejection makes it come again. */
  work(handler: (jobId: string) => Promise<void>, concurrency: number): Promise<void>;
  /** Takes no further deliveries; what is being handled goes on. */
  pause(): Promise<void>;
  stop(): Promise<void>;
}

/** pg-boss on the database of the service, in its own schema. */
export async function openQueue(
  database: Database,
  databaseUrl: string | undefined,
  logger: Logger,
): Promise<JobQueue> {
  const boss = new PgBoss({
    ...(database.pglite
      ? { db: fromPglite(database.pglite), backend: 'pglite' as const }
      : { connectionString: databaseUrl ?? '', max: 4, application_name: 'kindred-queue' }),
    schedule: false,
    // Parts of pg-boss that we have no use for. On PGlite each of their rounds would hold the loop that serves for
    // several milliseconds.
    flowIntervalSeconds: 3600,
    bamIntervalSeconds: 3600,
    monitorVacuum: database.kind === 'postgresql',
    reindex: database.kind === 'postgresql',
    useListenNotify: true,
  });
  boss.on('error', (error) => logger.error({ err: error }, 'queue'));
  boss.on('warning', (warning) => logger.debug({ warning }, 'queue'));
  await boss.start();
  await boss.createQueue(QUEUE, {
    // Our own lease decides when a worker is gone; these only bound what pg-boss keeps for a dead process.
    expireInSeconds: 6 * 3600,
    heartbeatSeconds: 30,
    retryLimit: 10,
    retryDelay: 1,
    deleteAfterSeconds: 3600,
    notify: true,
  });
  // Fills pg-boss's cache of queues, which the line above emptied. If the first look-up came from inside a transaction, it
  // would wait on PGlite's one connection for the transaction that waits for it.
  await boss.findJobs(QUEUE, { key: 'none' });
  let workers: string[] = [];

  return {
    async enqueue(tx, jobId, afterSeconds = 0) {
      await boss.send(QUEUE, { jobId }, { db: transactionDb(tx), startAfter: afterSeconds });
    },
    wake() {
      for (const worker of workers) boss.notifyWorker(worker);
    },
    async work(handler, concurrency) {
      workers = await Promise.all(
        Array.from({ length: concurrency }, () =>
          boss.work<{ jobId: string }>(
            QUEUE,
            { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 5 },
            async ([delivery]) => {
              try {
                await handler(delivery.data.jobId);
              } finally {
                // The queue may hold more; without this the next fetch would wait for a poll.
                for (const worker of workers) boss.notifyWorker(worker);
              }
            },
          ),
        ),
      );
    },
    async pause() {
      await boss.offWork(QUEUE, { wait: false });
    },
    async stop() {
      workers = [];
      await boss.stop({ graceful: true, timeout: 5000 });
    },
  };
}

/** pg-boss's statements inside a transaction of MikroORM. */
function transactionDb(tx: Em): Db {
  const transaction = tx.getTransactionContext<Transaction<unknown>>();
  if (!transaction) throw new Error('A job is enqueued inside a transaction only');
  return {
    async executeSql(text, values) {
      const { rows } = await transaction.executeQuery(CompiledQuery.raw(text, values ?? []));
      return { rows: rows as Record<string, unknown>[] };
    },
  };
}
