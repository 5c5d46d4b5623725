import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../access/caller.ts';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { schema } from '../graphql/schema.ts';
import { Job } from '../jobs/job.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { Deployment } from './deployment.entity.ts';
import { ModelVersion } from './model-version.entity.ts';
import { RegisteredModel } from './registered-model.entity.ts';

describe('models over GraphQL', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ pipelines: [] });
    const em = test.app.database.fork();
    const dataset = em.create(Dataset, { name: 'bank', kind: 'toy' });
    const datasetVersion = em.create(DatasetVersion, { dataset, name: 'v1', status: 'processed' });
    const model = em.create(RegisteredModel, { name: 'ranker' });
    for (const ordinal of [1, 2]) {
      const job = em.create(Job, { pipeline: 'toy', datasetVersion });
      const run = em.create(ExperimentRun, { experiment: 'toy', job, datasetVersion, startedAt: new Date() });
      const artifact = { artifactKey: `m${ordinal}`, artifactHash: `${ordinal}`.repeat(64), featuresCount: 3 };
      const version = { model, ordinal, version: `${ordinal}.0`, trainedOn: datasetVersion, run };
      em.create(ModelVersion, { ...version, ...artifact, trainMetrics: { map: 0.5, bad: Number.NaN } });
    }
    em.create(Deployment, { datasetVersion, worldKey: 'w' });
    await em.flush();
  });
  afterAll(() => test.dispose());

  async function ask(query: string, variableValues: Record<string, unknown> = {}) {
    const contextValue = { core: test.app, caller: SYSTEM };
    const result = await execute({ schema, document: parse(query), contextValue, variableValues });
    expect(result.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(result.data));
  }
  const RESULT = `__typename
    ... on ModelPromotion { alias reason previous { version } modelVersion { version aliases } }
    ... on DomainError { code }`;
  const PROMOTE = `mutation($id: ID!, $reason: String!) { promoteModel(id: $id, reason: $reason) { ${RESULT} } }`;
  const ROLLBACK = `mutation { rollbackModel(model: "ranker", reason: "worse live") { ${RESULT} } }`;

  it('promotes, refuses, goes back, and keeps a log of it', async () => {
    const { modelVersions } = await ask(
      '{ modelVersions(model: "ranker") { nodes { id version trainMetrics { key value } } } }',
    );
    expect(modelVersions.nodes).toMatchObject([
      { version: '2.0', trainMetrics: [{ key: 'map', value: 0.5 }] },
      { version: '1.0' },
    ]);
    const [second, first] = modelVersions.nodes;
    expect((await ask(ROLLBACK)).rollbackModel).toEqual({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
    for (const [{ id }, reason, version, previous] of [
      [first, 'first', '1.0', null],
      [second, 'better', '2.0', { version: '1.0' }],
    ]) {
      expect((await ask(PROMOTE, { id, reason })).promoteModel).toEqual({
        __typename: 'ModelPromotion',
        alias: 'champion',
        reason,
        previous,
        modelVersion: { version, aliases: ['champion'] },
      });
    }
    expect((await ask(PROMOTE, { id: second.id, reason: 'again' })).promoteModel).toEqual({
      __typename: 'ConflictError',
      code: 'INVALID_STATE',
    });
    expect((await ask(PROMOTE, { id: first.id, reason: ' ' })).promoteModel.__typename).toBe('InvalidInputError');
    expect((await ask(ROLLBACK)).rollbackModel).toMatchObject({ modelVersion: { version: '1.0' } });
    const { modelPromotions, deployments } = await ask(`{
      modelPromotions { nodes { reason } } deployments { nodes { modelVersion { version } datasetVersion { name } } }
    }`);
    expect(modelPromotions.nodes.map((node: { reason: string }) => node.reason)).toEqual([
      'worse live',
      'better',
      'first',
    ]);
    expect(deployments.nodes[0]).toEqual({ modelVersion: { version: '1.0' }, datasetVersion: { name: 'v1' } });
  });
});
