import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitVersion, ensureDataset, findVersion } from '../datasets/dataset.operations.ts';
import { openDatabase } from '../db/orm.ts';
import { getJob, listStageRuns, rerunJob } from '../jobs/job.operations.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { lineOf, startWorkerProcess } from '../test/worker-process.ts';

/** The whole service is killed by SIGKILL in the middle of a stage, twice, and then started again. */
describe('after kill -9 of the service', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
  });
  afterAll(() => test.dispose());

  it('the job goes on after its last finished stage, and every effect has happened once', async () => {
    await ensureDataset(test.app, 'toys', 'toy');
    const { job: committed } = await commitVersion(test.app, 'toys', 'v1', { version: 'v1', tables: {} });
    const job = await rerunJob(test.app, committed.id, { params: { waitMs: 1000, factor: 5 } });
    await test.app.stop();
    for (let round = 0; round < 2; round++) {
      const service = startWorkerProcess(test.config);
      await lineOf(service, /^double running 0\.[2-9]/);
      service.kill('SIGKILL');
      await once(service, 'exit');
      if (test.config.databaseUrl !== undefined) await expireLeases(test);
    }

    const app = await test.restart();
    const killed = await getJob(app, job.id);
    expect(killed).toMatchObject({ status: 'running', attempt: 2 });
    await app.start();
    for (;;) {
      const found = await getJob(app, job.id);
      if (found.status !== 'running' && found.status !== 'pending') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await getJob(app, job.id)).toMatchObject({ status: 'completed', attempt: 3, leaseToken: 3 });
    const stages = await listStageRuns(app, job.id);
    expect(stages.map(({ name, status, attempt }) => [name, status, attempt])).toEqual([
      ['read', 'reused', 0],
      ['double', 'completed', 3],
      // The doubled value is 0 for both jobs, so what reads it is known already.
      ['celebrate', 'reused', 0],
      ['report', 'reused', 0],
    ]);
    // Once for the first job, once for the killed one.
    expect((await findVersion(app, 'toys', 'v1'))?.rowCounts).toEqual({ effects: 2, value: 0 });
  });
});

/** On PostgreSQL another worker takes the job when the dead one's lease runs out; the test does not wait for that. */
async function expireLeases(test: TestApp): Promise<void> {
  const database = await openDatabase({ dataDir: test.config.dataDir, databaseUrl: test.config.databaseUrl });
  await database
    .fork()
    .execute(`update job set lease_expires_at = now() - interval '1 second' where status = 'running'`);
  await database.close();
}
