import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '../test/throwaway-postgres.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { lineOf, startWorkerProcess } from '../test/worker-process.ts';
import { getJob, rerunJob } from './job.operations.ts';

const installed = findPostgres();

/** A worker whose database goes away under it: SKIPPED where no PostgreSQL is installed. */
describe.skipIf(installed === undefined)('jobs and outages', () => {
  let server: ThrowawayPostgres;
  let test: TestApp;
  const heard: string[] = [];
  const workers: ReturnType<typeof startWorkerProcess>[] = [];

  beforeAll(async () => {
    if (!installed) return;
    server = await startPostgres(installed);
    vi.stubEnv('TEST_DATABASE_URL', server.url);
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE }, { KINDRED_ROLE: 'api' });
    await test.app.start();
    await ensureDataset(test.app, 'toys', 'toy');
    test.app.events.subscribe('jobUpdated', ({ jobId, status }) => {
      if (status === 'completed' || status === 'failed') heard.push(`${jobId} ${status}`);
    });
    const worker = startWorkerProcess(test.config, { KINDRED_ROLE: 'worker', KINDRED_LOG: 'silent' });
    workers.push(worker);
    await lineOf(worker, /^started/);
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await test?.dispose();
    await server?.stop();
    vi.unstubAllEnvs();
  });

  const completed = (id: string) =>
    expect
      .poll(async () => (await getJob(test.app, id).catch(() => undefined))?.status, { timeout: 40_000, interval: 100 })
      .toBe('completed');

  it('the end of a job in another process is heard of without Redis, once', async () => {
    const { job } = await commitVersion(test.app, 'toys', 'v1', { version: 'v1', tables: {} });
    await completed(job.id);
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual([`${job.id} completed`]);
    await new Promise((resolve) => setTimeout(resolve, 4500));
    expect(heard).toEqual([`${job.id} completed`]);
  });

  it('an outage that lasts longer than a stage is tried gives the job back, and does not fail it', async () => {
    const { job: first } = await commitVersion(test.app, 'toys', 'v2', { version: 'v2', tables: {} });
    await completed(first.id);
    const job = await rerunJob(test.app, first.id, { params: { behave: 'outage', factor: 11 } });
    await expect
      .poll(async () => (await getJob(test.app, job.id)).message, { timeout: 20_000, interval: 50 })
      .toBe('waits: There is no space left to write to');
    await completed(job.id);
    // The second time counts no attempt more: it was not the job's fault.
    expect(await getJob(test.app, job.id)).toMatchObject({ error: null, attempt: 1, leaseToken: 2 });
  });

  it.each(['fast', 'immediate'] as const)('a %s restart of the database fails no job', async (how) => {
    const { job: first } = await commitVersion(test.app, 'toys', how, { version: how, tables: {} });
    await completed(first.id);
    const [worker] = workers;
    const begun = lineOf(worker, /^double running 0\.[2-9]/);
    const job = await rerunJob(test.app, first.id, { params: { waitMs: 2500, factor: how === 'fast' ? 3 : 5 } });
    await begun;
    await server.halt(how);
    // Longer than the stage still needs: what it comes to cannot be recorded.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await server.start();
    await completed(job.id);
    expect(await getJob(test.app, job.id)).toMatchObject({ error: null });
    await expect.poll(() => heard.filter((line) => line.startsWith(job.id)), { timeout: 10_000 }).toHaveLength(1);
    expect(worker.exitCode).toBe(null);
  });
});
