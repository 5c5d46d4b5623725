import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { type App, type AppParts, createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { MIGRATIONS } from '../db/migrations.ts';
import { type Database, openDatabase } from '../db/orm.ts';
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
 * A whole app on a database of its own: PGlite from a migrated dump, or a new PostgreSQL database where
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
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...env,
  });
  const open = (first: boolean, own: AppParts) =>
    migratedDump(first && databaseUrl === undefined).then((loadDataDir) =>
      createApp(config, { logger: pino({ level: config.logLevel }), loadDataDir, ...parts, ...own }),
    );
  let app = await open(true, {});
  return {
    get app() {
      return app;
    },
    config,
    async restart(own = {}) {
      await app.stop();
      app = await open(false, own);
      return app;
    },
    async dispose() {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A database alone, in memory, migrated. */
export async function createTestDatabase(): Promise<Database> {
  return openDatabase({ dataDir: 'memory', loadDataDir: await migratedDump(true) });
}

async function createPostgresDatabase(server: string): Promise<string> {
  const name = `kindred_test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** The dump is kept between runs under the hash of what it depends on; making a cluster afresh costs seconds per file. */
async function migratedDump(wanted: boolean): Promise<Blob | undefined> {
  if (!wanted) return undefined;
  const file = join(tmpdir(), `kindred-migrated-${dumpIdentity()}.tar`);
  const known = await readFile(file).catch(() => undefined);
  if (known) return new Blob([known]);
  const database = await openDatabase({ dataDir: 'memory' });
  const queue = await openQueue(database, undefined, pino({ level: 'silent' }));
  await queue.stop();
  const dump = await database.pglite?.dumpDataDir('none');
  await database.close();
  if (!dump) throw new Error('PGlite gave no dump');
  const bytes = Buffer.from(await dump.arrayBuffer());
  // Test files run side by side: whoever is first wins, and nobody reads half a file.
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, bytes);
  await rename(temporary, file);
  return new Blob([bytes]);
}

function dumpIdentity(): string {
  const hash = createHash('sha256');
  for (const { name } of MIGRATIONS) hash.update(readFileSync(new URL(`../db/migrations/${name}.ts`, import.meta.url)));
  hash.update(readFileSync(new URL('../jobs/queue.ts', import.meta.url)));
  hash.update(readFileSync(new URL('../../package.json', import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}
