import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Migrator } from '@mikro-orm/migrations';
import { PgliteDriver } from '@mikro-orm/pglite';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type AbstractSqlDriver, MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import type { Pool } from 'pg';
import { DomainError } from '../errors.ts';
import { discardBrokenClients, type Patience } from './broken-clients.ts';
import { ENTITIES } from './entities.ts';
import { acquireLock } from './exclusive-lock.ts';
import { MIGRATIONS } from './migrations.ts';

export type Em = SqlEntityManager<AbstractSqlDriver>;
export type Orm = MikroORM<AbstractSqlDriver, Em>;

/**
 * The database of the process. On PGlite there is one connection: while a transaction is open, a query on another forked
 * entity manager waits for it, and waiting for that query inside the transaction never ends. So inside
 * `em.transactional(async (tx) => ...)` use `tx` and nothing else.
 */
export interface Database {
  readonly orm: Orm;
  readonly kind: 'pglite' | 'postgresql';
  /** The embedded database itself; undefined on PostgreSQL. */
  readonly pglite: PGlite | undefined;
  /** A fresh identity map for one unit of work. */
  fork(): Em;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** PGlite keeps its cluster in `${dataDir}/db`. */
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}

/**
 * Opens the database and brings its schema up to date.
 *
 * @throws DomainError DATABASE_LOCKED when another process has the embedded database open; STORE_UNAVAILABLE when the
 *   PostgreSQL of `databaseUrl` does not answer or does not let us in.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.databaseUrl === undefined ? openPglite(options) : openPostgres(options.databaseUrl);
}

const shared = {
  entities: ENTITIES,
  extensions: [Migrator],
  migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true },
  // pg-boss keeps its tables in a schema of its own, which is not ours to compare or drop.
  schemaGenerator: { ignoreSchema: ['pgboss'] },
  forceUtcTimezone: true,
};

/** Dates stay text below MikroORM, which turns them into Dates by its own rules: date, timestamp, timestamptz, interval. */
const RAW_DATES = Object.fromEntries([1082, 1114, 1184, 1186].map((oid) => [oid, (text: string) => text]));

async function openPglite(options: DatabaseOptions): Promise<Database> {
  const lock = acquireLock(join(options.dataDir, 'db.lock'));
  try {
    const pglite = await PGlite.create({
      dataDir: join(options.dataDir, 'db'),
      // The default of 128 MB is memory that this service never profits from: its tables are small.
      startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
      parsers: RAW_DATES,
    });
    const orm: Orm = await MikroORM.init<AbstractSqlDriver, Em>({
      ...shared,
      driver: PgliteDriver,
      dbName: 'kindred',
      // A function, because MikroORM copies options deeply, and a copy of a database is none.
      driverOptions: { pglite: () => pglite },
    });
    await orm.migrator.up();
    return describe(orm, 'pglite', pglite, async () => {
      await orm.close(true);
      await pglite.close();
      lock.release();
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Bounds in ms, so that one thing that is stuck never holds a version, or the pool, for ever. `connect` is for a connection, new or
 * of the pool; `lock` for a lock that another holds; `held` for the silence of a connection inside a transaction, on either side
 * of it: then its locks are given up. A stuck process therefore keeps the others from committing for half a minute at the most.
 */
const LONGEST = { connect: 10_000, lock: 10_000, held: 30_000 };

async function openPostgres(clientUrl: string): Promise<Database> {
  // A migration may take as long as it does.
  const patience: Patience = { silenceMs: 0 };
  const orm: Orm = await MikroORM.init<AbstractSqlDriver, Em>({
    ...shared,
    driver: PostgreSqlDriver,
    clientUrl,
    pool: { min: 0, max: 10 },
    driverOptions: {
      connectionTimeoutMillis: LONGEST.connect,
      lock_timeout: LONGEST.lock,
      idle_in_transaction_session_timeout: LONGEST.held,
      keepAlive: true,
      onPoolCreated: (pool: Pool) => discardBrokenClients(pool, patience),
    },
  });
  try {
    await orm.em.fork().transactional(async (tx) => {
      // Processes that start side by side migrate one after the other; whoever comes second finds nothing to do.
      await tx.execute('set local lock_timeout = 0');
      await tx.execute('set local idle_in_transaction_session_timeout = 0');
      await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', ['kindred migrations']);
      await orm.migrator.up();
    });
    patience.silenceMs = LONGEST.held;
  } catch (error) {
    await orm.close(true);
    throw unreachable(error, clientUrl) ?? error;
  }
  return describe(orm, 'postgresql', undefined, () => orm.close(true));
}

/** What a wrong address, a wrong password or a server that is down comes to; without the password. */
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', '28P01', '28000', '57P03'];

function unreachable(error: unknown, clientUrl: string): DomainError | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (!('code' in cause) || typeof cause.code !== 'string' || !UNREACHABLE.includes(cause.code)) continue;
    const { hostname, port, username } = new URL(clientUrl);
    return new DomainError(
      'STORE_UNAVAILABLE',
      `The database at ${hostname}:${port || 5432} does not let ${username || 'us'} in (${cause.code}). Start it, or correct DATABASE_URL.`,
      { cause: error },
    );
  }
  return undefined;
}

function describe(orm: Orm, kind: Database['kind'], pglite: PGlite | undefined, close: () => Promise<void>): Database {
  return { orm, kind, pglite, fork: () => orm.em.fork(), close };
}
