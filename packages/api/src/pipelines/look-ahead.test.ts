import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Artifact } from '../artifacts/artifact.entity.ts';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import { getJob, listStageRuns } from '../jobs/job.operations.ts';
import { Metric } from '../metrics/metric.entity.ts';
import { hashBytes } from '../objects/object-store.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { besidePipeline, TOY_STAGES_MODULE } from '../test/toy-pipeline.ts';
import { definePipeline } from './pipeline.ts';

describe('a stage that runs ahead of its turn', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [besidePipeline], stagesModule: TOY_STAGES_MODULE });
    await ensureDataset(test.app, 'numbers', 'beside');
    await test.app.start();
  });
  afterAll(() => test.dispose());

  async function run(number: number) {
    const { app } = test;
    const version = `v${number}`;
    const body = Buffer.from(JSON.stringify(number));
    const key = `batches/${hashBytes(version)}/numbers/1.json`;
    await app.objects.put(key, body);
    const batches = [{ batch_id: 1, key, hash: hashBytes(body), bytes: body.length }];
    const manifest = { version, tables: { numbers: { total_batches: 1, batches } } };
    const { job } = await commitVersion(app, 'numbers', version, manifest);
    for (;;) {
      const found = await getJob(app, job.id);
      if (!['pending', 'running'].includes(found.status))
        return { job: found, stages: await listStageRuns(app, job.id) };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('is computed beside the stages before it and recorded after them', async () => {
    const { job, stages } = await run(4);
    expect(job.status).toBe('completed');
    expect(stages.map(({ name, status }) => [name, status])).toEqual([
      ['read', 'completed'],
      ['gate', 'completed'],
      ['aside', 'completed'],
      ['report', 'completed'],
    ]);
    const [, gate, aside] = stages;
    expect(aside.startedAt?.getTime()).toBeLessThan(gate.finishedAt?.getTime() ?? 0);
    expect(aside.outputs.map(({ name }) => name)).toEqual(['aside.json']);
    expect(await test.app.database.fork().count(Metric, { job: job.id, stage: 'aside' })).toBe(1);
  });

  it('is broken off where a stage before it stops the pipeline, and leaves nothing', async () => {
    const { job, stages } = await run(200);
    expect(job.status).toBe('completed');
    expect(stages.map(({ status }) => status)).toEqual(['completed', 'completed', 'skipped', 'completed']);
    const em = test.app.database.fork();
    expect(await em.count(Artifact, { job: job.id, name: 'aside.json' })).toBe(0);
    expect(await em.count(Metric, { job: job.id, stage: 'aside' })).toBe(0);
  });

  it('fails the job in its turn, not before', async () => {
    const { job, stages } = await run(3);
    expect(job).toMatchObject({ status: 'failed', error: { message: 'aside is odd' } });
    expect(stages.map(({ status }) => status)).toEqual(['completed', 'completed', 'failed', 'pending']);
  });
});

it('refuses a pipeline with a stage that waits for a later one', () => {
  const [read, gate, aside] = besidePipeline.stages;
  expect(() => definePipeline({ ...besidePipeline, stages: [aside, read, gate], record: {} })).toThrow(
    'Stage aside of pipeline beside waits for read, which is not before it',
  );
});
