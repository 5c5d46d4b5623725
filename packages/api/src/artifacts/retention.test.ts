import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../app.ts';
import { Dataset } from '../datasets/dataset.entity.ts';
import { ensureDataset } from '../datasets/dataset.operations.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { newId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { Job, type JobStatus } from '../jobs/job.entity.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { Deployment } from '../models/deployment.entity.ts';
import { ModelVersion } from '../models/model-version.entity.ts';
import { RegisteredModel } from '../models/registered-model.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { toyPipeline } from '../test/toy-pipeline.ts';
import { Artifact } from './artifact.entity.ts';
import { removeSuperseded } from './retention.ts';

const LARGE = 300 * 1024;

describe('retention', () => {
  let test: TestApp;
  let app: App;
  let dataset: Dataset;
  const keys: Record<string, string> = {};

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline] });
    app = test.app;
    dataset = await ensureDataset(app, 'toys', 'toy');
    for (let ordinal = 1; ordinal <= 4; ordinal++) await addVersion(ordinal);
  });
  afterAll(() => test.dispose());

  /** Each version has a batch, a large file of its own, a small one, a world, and a large file that all versions share. */
  async function addVersion(ordinal: number): Promise<void> {
    const em = app.database.fork();
    const batch = `batches/v${ordinal}/numbers/1.json`;
    await app.objects.put(batch, Buffer.from('1'));
    keys[`batch${ordinal}`] = batch;
    const manifest = Buffer.from(
      JSON.stringify({
        version: `v${ordinal}`,
        tables: { numbers: { total_batches: 1, batches: [{ batch_id: 1, key: batch, hash: '0', bytes: 1 }] } },
      }),
    );
    const { hash } = await app.objects.putContent(manifest);
    const version = em.create(DatasetVersion, {
      dataset: em.getReference(Dataset, dataset.id, { wrapped: true }),
      name: `v${ordinal}`,
      ordinal,
      status: 'processed',
      manifestHash: hash,
    });
    const job = em.create(Job, { pipeline: 'toy', datasetVersion: version, status: 'completed' });
    const stageRun = em.create(StageRun, { job, name: 'read', ordinal: 0, status: 'completed' });
    for (const [name, size] of [
      ['own', LARGE],
      ['small', 10],
      ['world', LARGE],
      ['shared', LARGE],
      ['profile.json', LARGE],
    ] as const) {
      const fill = name === 'shared' ? 9 : ordinal * 10 + name.length;
      const stored = await app.objects.putContent(Buffer.alloc(size, fill));
      keys[`${name}${ordinal}`] = stored.key;
      em.create(Artifact, {
        id: newId(),
        job,
        stageRun,
        name,
        hash: stored.hash,
        objectKey: stored.key,
        bytes: stored.bytes,
      });
    }
    // v1 serves again, as after a rollback of the data would have it: its world may not go.
    if (ordinal === 1) em.create(Deployment, { datasetVersion: version, worldKey: keys.world1 });
    if (ordinal === 1) trainModel(em, version, job);
    await em.flush();
  }

  function trainModel(em: Em, version: DatasetVersion, job: Job): void {
    const run = em.create(ExperimentRun, { experiment: 'toy', job, datasetVersion: version, startedAt: new Date() });
    const model = em.create(RegisteredModel, { name: 'toy' });
    em.create(ModelVersion, {
      model,
      ordinal: 1,
      version: '1.0',
      trainedOn: version,
      run,
      artifactKey: 'sha256/aa/model',
      artifactHash: 'aa',
      featuresCount: 1,
    });
  }

  const there = async (name: string) => app.objects.has(keys[name]);
  const setJobs = (status: JobStatus) => app.database.fork().nativeUpdate(Job, {}, { status });

  it('does nothing while a job of the data set waits', async () => {
    await setJobs('pending');
    expect(await removeSuperseded(app, dataset.id, 2)).toEqual({ objects: 0, bytes: 0 });
    await setJobs('completed');
  });

  it('removes batches and large files of old versions, and nothing that is new, small, shared or in service', async () => {
    const removed = await removeSuperseded(app, dataset.id, 2);
    // Two batches, own1, own2, world2 and the profile of version 2: a model was trained on version 1.
    expect(removed).toEqual({ objects: 6, bytes: 4 * LARGE + 2 });
    for (const gone of ['batch1', 'batch2', 'own1', 'own2', 'world2', 'profile.json2'])
      expect([gone, await there(gone)]).toEqual([gone, false]);
    for (const kept of [
      'batch3',
      'batch4',
      'own3',
      'own4',
      'world1',
      'world3',
      'small1',
      'small2',
      'shared1',
      'profile.json1',
    ]) {
      expect([kept, await there(kept)]).toEqual([kept, true]);
    }
    const marked = await app.database.fork().find(Artifact, { deletedAt: { $ne: null } });
    expect(marked.map((artifact) => artifact.objectKey).sort()).toEqual(
      [keys.own1, keys.own2, keys.world2, keys['profile.json2']].sort(),
    );
    expect(await removeSuperseded(app, dataset.id, 2)).toEqual({ objects: 0, bytes: 0 });
  });
});
