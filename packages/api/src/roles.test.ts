import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commitVersion, ensureDataset, findVersion } from './datasets/dataset.operations.ts';
import { getJob, rerunJob } from './jobs/job.operations.ts';
import { LEASE_SECONDS } from './jobs/lease.ts';
import { scratchFolder } from './pipelines/scratch.ts';
import { createTestApp, type TestApp } from './test/create-test-app.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from './test/throwaway-postgres.ts';
import { TOY_STAGES_MODULE, toyPipeline } from './test/toy-pipeline.ts';
import { lineOf, startWorkerProcess } from './test/worker-process.ts';

const installed = findPostgres();

/** An api and workers, processes of their own, on one database and one store: SKIPPED where no PostgreSQL is installed. */
describe.skipIf(installed === undefined)('roles', () => {
  let server: ThrowawayPostgres;
  let test: TestApp;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    if (!installed) return;
    server = await startPostgres(installed);
    vi.stubEnv('TEST_DATABASE_URL', server.url);
    const parts = { pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE };
    test = await createTestApp(parts, { KINDRED_ROLE: 'api' });
    await test.app.start();
    await ensureDataset(test.app, 'toys', 'toy');
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await test?.dispose();
    await server?.stop();
    vi.unstubAllEnvs();
  });

  async function startWorker(): Promise<ChildProcess> {
    const worker = startWorkerProcess(test.config, { KINDRED_ROLE: 'worker' });
    workers.push(worker);
    await lineOf(worker, /^started/);
    return worker;
  }

  const ended = (id: string, seconds: number) =>
    expect
      .poll(async () => (await getJob(test.app, id)).status, { timeout: seconds * 1000, interval: 50 })
      .toBe('completed');

  it('a job that an api commits waits for a worker, who does it', async () => {
    const { job } = await commitVersion(test.app, 'toys', 'v1', { version: 'v1', tables: {} });
    // Longer than the queue's polls and the sweep of a worker's start need.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await getJob(test.app, job.id)).toMatchObject({ status: 'pending', attempt: 0 });
    await startWorker();
    await ended(job.id, 20);
    expect((await findVersion(test.app, 'toys', 'v1'))?.status).toBe('processed');
  });

  it('a job whose worker is killed is finished by another when its lease has run out', async () => {
    const [first] = workers;
    const { job: committed } = await commitVersion(test.app, 'toys', 'v2', { version: 'v2', tables: {} });
    await ended(committed.id, 20);
    const job = await rerunJob(test.app, committed.id, { params: { waitMs: 2000, factor: 7 } });
    await lineOf(first, /^double running 0\.[2-9]/);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const left = [committed.id, job.id].map((id) => scratchFolder(test.config.dataDir, id));
    for (const folder of left) await mkdir(folder, { recursive: true });
    await startWorker();
    // What the dead one left is removed where nobody can be at work in it.
    expect(left.map((folder) => existsSync(folder))).toEqual([false, true]);
    expect(await getJob(test.app, job.id)).toMatchObject({ status: 'running', attempt: 1 });
    await ended(job.id, LEASE_SECONDS + 25);
    expect(await getJob(test.app, job.id)).toMatchObject({ attempt: 2, leaseToken: 2 });
    expect((await findVersion(test.app, 'toys', 'v2'))?.rowCounts).toMatchObject({ effects: 2 });
  });
});
