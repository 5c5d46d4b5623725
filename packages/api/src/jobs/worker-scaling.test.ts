import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { createJob } from './create-job.ts';
import { endJob } from './end-job.ts';
import { lockLeased, takeLease } from './lease.ts';

const MANIFEST = new URL('../../../../deploy/kubernetes/overlays/prod/worker-scaling.yaml', import.meta.url);
const scaledObject = z.object({
  kind: z.literal('ScaledObject'),
  spec: z.object({
    triggers: z.tuple([
      z.object({
        type: z.literal('postgresql'),
        metadata: z.object({ query: z.string(), targetQueryValue: z.coerce.number() }),
      }),
    ]),
  }),
});

/** What KEDA asks of the database, asked here of a real one. The app is not started: nothing but the test takes jobs. */
describe('the number that workers are scaled on', () => {
  let test: TestApp;
  const [manifest] = parseAllDocuments(readFileSync(MANIFEST, 'utf8'));
  const [{ metadata }] = scaledObject.parse(manifest?.toJS()).spec.triggers;

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
  });
  afterAll(() => test.dispose());

  it('is how many workers have work: a group counts once, a job without one for itself, ended ones not at all', async () => {
    const { app } = test;
    const em = () => app.database.fork();
    const newJob = (group?: string) =>
      em().transactional((tx) => createJob(tx, app.queue, { pipeline: toyPipeline, params: {}, seed: 1, group }));
    const workers = async () => {
      const [row] = await em().execute<Record<string, string>[]>(metadata.query);
      // KEDA takes a single column, whatever its name.
      const [value, ...more] = Object.values(row ?? {});
      expect(more).toEqual([]);
      return Number(value) / metadata.targetQueryValue;
    };
    expect(await workers()).toBe(0);
    const first = await newJob('a');
    await newJob('a');
    await newJob('a');
    expect(await workers()).toBe(1);
    await newJob('b');
    await newJob();
    await newJob();
    expect(await workers()).toBe(4);
    const lease = await takeLease(em(), first.id);
    expect(await workers()).toBe(4);
    await em().transactional(async (tx) => {
      if (!lease) throw new Error('no lease');
      await endJob(tx, await lockLeased(tx, lease), app.queue, { status: 'completed' });
    });
    expect(await workers()).toBe(4);
    await em().execute(`update job set status = 'failed' where job_group is not null`);
    expect(await workers()).toBe(2);
  });
});
