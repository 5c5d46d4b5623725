import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../access/caller.ts';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { toyPipeline } from '../test/toy-pipeline.ts';
import { schema } from './schema.ts';

describe('what the rows of a page refer to', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline] });
    const em = test.app.database.fork();
    for (let n = 0; n < 20; n++) {
      const dataset = em.create(Dataset, { name: `data ${n}`, kind: 'toy' });
      const datasetVersion = em.create(DatasetVersion, { dataset, name: `v${n}` });
      em.create(Job, { pipeline: 'toy', datasetVersion });
      await em.flush();
    }
  });
  afterAll(() => test.dispose());

  it('is fetched with one query for each kind, and given to the right row', async () => {
    const { database } = test.app;
    let forks = 0;
    const fork = () => {
      forks++;
      return database.fork();
    };
    const core = { ...test.app, database: { ...database, fork } };
    const { data, errors } = await execute({
      schema,
      document: parse('{ jobs(first: 20) { nodes { datasetVersion { name dataset { name } } } } }'),
      contextValue: { core, caller: SYSTEM },
    });
    expect(errors).toBeUndefined();
    const expected = Array.from({ length: 20 }, (_, n) => ({
      datasetVersion: { name: `v${n}`, dataset: { name: `data ${n}` } },
    }));
    expect(JSON.parse(JSON.stringify(data))).toEqual({ jobs: { nodes: expected.toReversed() } });
    expect(forks).toBe(3);
  });
});
