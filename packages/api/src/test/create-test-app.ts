import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { type App, type AppParts, createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { MIGRATIONS } from '../db/migrations.ts';
import { openDatabase } from '../db/orm.ts';
import { openQueue } from '../jobs/queue.ts';

export interface TestApp {
  readonly app: App;
  readonly config: Config;
  /** Stops the app as a service stops, and starts another on the same data. */
  restart(parts?: AppParts): Promise<App>;
  /** Stops and removes everything. */
  dispose(): Promise<void>;
}

/**
 * A whole app on a database of its own: PGlite from a migrated copy, or a new PostgreSQL database where
 * `TEST_DATABASE_URL` names a server. Not started: call `app.start()` when the test needs work to be done.
 */
export async function createTestApp(parts: AppParts = {}, env: Record<string, string> = {}): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kindred-test-'));
  const server = process.env.TEST_DATABASE_URL;
  const databaseUrl = server === undefined ? undefined : await createPostgresDatabase(server);
  const config = readConfig({
    KINDRED_DATA: dataDir,
    KINDRED_LOG: 'silent',
    PORT: '0',
    // A process more for each test that processes a version; those of DVC ask for it.
    KINDRED_DVC: 'false',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...env,
  });
  if (databaseUrl === undefined) await copyMigratedCluster(dataDir);
  const open = (own: AppParts) => createApp(config, { logger: pino({ level: config.logLevel }), ...parts, ...own });
  let app = await open({});
  return {
    get app() {
      return app;
    },
    config,
    async restart(own = {}) {
      await app.stop();
      app = await open(own);
      return app;
    },
    async dispose() {
      await app.stop();
      // A child that has just been stopped (DVC, a worker thread's last file) may still be writing: rm alone is refused then.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      if (server !== undefined && databaseUrl !== undefined) await dropPostgresDatabase(server, databaseUrl);
    },
  };
}

async function onServer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function dropPostgresDatabase(server: string, databaseUrl: string): Promise<void> {
  await onServer(server, `drop database if exists ${new URL(databaseUrl).pathname.slice(1)} with (force)`);
}

async function createPostgresDatabase(server: string): Promise<string> {
  const name = `kindred_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Copies a migrated cluster into the folder. It is kept between runs under the hash of what it depends on, because making
 * one afresh takes seconds per test file.
 */
async function copyMigratedCluster(dataDir: string): Promise<void> {
  const template = join(tmpdir(), `kindred-migrated-${clusterIdentity()}`);
  if (!existsSync(template)) {
    const making = `${template}.${randomUUID()}`;
    const database = await openDatabase({ dataDir: making });
    const queue = await openQueue(database, undefined, pino({ level: 'silent' }));
    await queue.stop();
    await database.close();
    // Test files run side by side: whoever is first wins, and nobody copies half a cluster.
    await rename(making, template).catch(() => rm(making, { recursive: true, force: true }));
  }
  await cp(join(template, 'db'), join(dataDir, 'db'), { recursive: true });
}

function clusterIdentity(): string {
  const hash = createHash('sha256');
  for (const { name } of MIGRATIONS) hash.update(readFileSync(new URL(`../db/migrations/${name}.ts`, import.meta.url)));
  hash.update(readFileSync(new URL('../jobs/queue.ts', import.meta.url)));
  hash.update(readFileSync(new URL('../../package.json', import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}
