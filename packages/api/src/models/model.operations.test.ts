import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../app.ts';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { EventMap } from '../events/events.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { toyPipeline } from '../test/toy-pipeline.ts';
import { Deployment } from './deployment.entity.ts';
import { currentDeployment, promoteModel, rollbackModel } from './model.operations.ts';
import { ModelVersion } from './model-version.entity.ts';
import { RegisteredModel } from './registered-model.entity.ts';

describe('the champion', () => {
  let test: TestApp;
  let app: App;
  const ids: string[] = [];

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline] });
    app = test.app;
    const em = app.database.fork();
    const dataset = em.create(Dataset, { name: 'bank', kind: 'lookalike' });
    const model = em.create(RegisteredModel, { name: 'ranker' });
    const version = em.create(DatasetVersion, { dataset, name: 'v1', ordinal: 1, status: 'processed' });
    em.create(Deployment, { datasetVersion: version, worldKey: 'sha256/aa/world' });
    for (let ordinal = 1; ordinal <= 3; ordinal++) {
      const job = em.create(Job, { pipeline: 'lookalike', datasetVersion: version });
      const run = em.create(ExperimentRun, {
        experiment: 'ranker',
        job,
        datasetVersion: version,
        startedAt: new Date(),
      });
      const created = em.create(ModelVersion, {
        model,
        ordinal,
        version: `${ordinal}.0`,
        trainedOn: version,
        run,
        artifactKey: `sha256/bb/model${ordinal}`,
        artifactHash: `${ordinal}`,
        featuresCount: 10,
      });
      await em.flush();
      ids.push(created.id);
    }
  });
  afterAll(() => test.dispose());

  it('is moved by a decision with a reason: alias, log and what serves change together, and are told of', async () => {
    const promoted: EventMap['modelPromoted'][] = [];
    const deployed: EventMap['deploymentChanged'][] = [];
    app.events.subscribe('modelPromoted', (payload) => promoted.push(payload));
    app.events.subscribe('deploymentChanged', (payload) => deployed.push(payload));
    for (const id of ids) await promoteModel(app, id, 'looks better');
    const serving = await currentDeployment(app.database.fork(), 'bank');
    expect(serving).toMatchObject({ worldKey: 'sha256/aa/world', modelKey: 'sha256/bb/model3' });
    expect(promoted.map(({ version, previousVersionId }) => [version, previousVersionId])).toEqual([
      ['1.0', null],
      ['2.0', ids[0]],
      ['3.0', ids[1]],
    ]);
    expect(deployed.at(-1)).toEqual({
      deploymentId: serving?.id,
      datasetVersionId: serving?.datasetVersion.id,
      modelVersionId: ids[2],
    });
  });

  it('goes back step by step, never forward again, and stops at the first', async () => {
    expect((await rollbackModel(app, 'ranker', 'complaints')).modelVersion.version).toBe('2.0');
    expect((await rollbackModel(app, 'ranker', 'complaints')).modelVersion.version).toBe('1.0');
    await expect(rollbackModel(app, 'ranker', 'complaints')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect((await currentDeployment(app.database.fork(), 'bank'))?.modelKey).toBe('sha256/bb/model1');
  });

  it('refuses what makes no sense and then changes nothing', async () => {
    const before = await app.database.fork().count(Deployment);
    await expect(promoteModel(app, ids[0], 'again')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await expect(promoteModel(app, ids[1], '  ')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(promoteModel(app, '00000000-0000-7000-8000-000000000000', 'x')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(promoteModel(app, 'no id at all', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(rollbackModel(app, 'nothing', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await app.database.fork().count(Deployment)).toBe(before);
  });
});
