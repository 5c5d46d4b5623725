import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { commitVersion, ensureDataset, findVersion } from '../datasets/dataset.operations.ts';
import { getJob, listStageRuns, rerunJob } from '../jobs/job.operations.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '../test/throwaway-postgres.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { type Em, openDatabase } from './orm.ts';

const installed = findPostgres();

/**
 * The rest of the suite runs on PGlite; all of it runs on PostgreSQL with `TEST_DATABASE_URL`. This part needs nothing
 * but an installed PostgreSQL, and is reported as skipped where there is none.
 */
describe.skipIf(installed === undefined)('on PostgreSQL', () => {
  let server: ThrowawayPostgres;
  let test: TestApp;
  const parts = { pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE };

  beforeAll(async () => {
    if (!installed) return;
    server = await startPostgres(installed);
    vi.stubEnv('TEST_DATABASE_URL', server.url);
    test = await createTestApp(parts);
  });
  afterAll(async () => {
    await test?.dispose();
    await server?.stop();
    vi.unstubAllEnvs();
  });

  async function ended(jobId: string) {
    await expect.poll(async () => (await getJob(test.app, jobId)).status, { timeout: 30_000 }).toBe('completed');
    return getJob(test.app, jobId);
  }

  it('the migrations make exactly the schema that the entities describe, and may be run again', async () => {
    const { databaseUrl, dataDir } = test.config;
    const database = await openDatabase({ dataDir, databaseUrl });
    expect(database.kind).toBe('postgresql');
    expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    await database.close();
  });

  it('processes that open an empty database at once migrate it once', async () => {
    const { databaseUrl = '', dataDir } = test.config;
    const url = new URL(databaseUrl);
    await test.app.database.fork().execute('create database raced');
    url.pathname = '/raced';
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ dataDir, databaseUrl: url.href })));
    for (const database of opened) {
      expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
      await database.close();
    }
    await test.app.database.fork().execute('drop database raced');
  });

  it('connections that break inside transactions are replaced, more of them than the pool holds', async () => {
    const { databaseUrl, dataDir } = test.config;
    const database = await openDatabase({ dataDir, databaseUrl });
    const pidOf = async (em: Em) => (await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid'))[0].pid;
    const kill = (pid: number) => test.app.database.fork().execute('select pg_terminate_backend(?::int)', [pid]);
    for (let i = 0; i < 12; i++) {
      const idle = database.fork().transactional(async (tx) => {
        await kill(await pidOf(tx));
        await new Promise((resolve) => setTimeout(resolve, 20));
      });
      await expect(idle).rejects.toThrow();
      const busy = database.fork().transactional(async (tx) => {
        const pid = await pidOf(tx);
        setTimeout(() => void kill(pid), 20);
        await tx.execute('select pg_sleep(5)');
      });
      await expect(busy).rejects.toThrow();
    }
    expect(await pidOf(database.fork())).toBeGreaterThan(0);
    await database.close();
  });

  it('a commit is queued in its transaction, done once by two processes, and known after a restart', async () => {
    await ensureDataset(test.app, 'toys', 'toy');
    const manifest = { version: 'v1', tables: {} };
    const { job } = await commitVersion(test.app, 'toys', 'v1', manifest);
    expect((await commitVersion(test.app, 'toys', 'v1', manifest)).created).toBe(false);
    const other = await createApp(test.config, { ...parts, logger: test.app.logger });
    await Promise.all([test.app.start(), other.start()]);
    const again = await rerunJob(test.app, job.id, { params: { factor: 5 } });
    expect(await ended(job.id)).toMatchObject({ attempt: 1, outcome: 'doubled' });
    expect(await ended(again.id)).toMatchObject({ attempt: 1 });
    await other.stop();

    const app = await test.restart();
    expect((await listStageRuns(app, job.id)).map(({ status }) => status)).not.toContain('failed');
    expect(await findVersion(app, 'toys', 'v1')).toMatchObject({ status: 'processed', rowCounts: { effects: 2 } });
  });

  it('a server that is down is told in a sentence without the password', async () => {
    const open = openDatabase({ dataDir: test.config.dataDir, databaseUrl: 'postgres://u:secret@127.0.0.1:1/x' });
    await expect(open).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(open).rejects.not.toThrow(/secret/);
  });
});
