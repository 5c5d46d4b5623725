import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../access/caller.ts';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { ValidationResult } from '../quality/validation-result.entity.ts';
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

  /** What the query gives, and how many queries of the database it took. */
  async function ask(query: string) {
    const { database } = test.app;
    let forks = 0;
    const fork = () => {
      forks++;
      return database.fork();
    };
    const core = { ...test.app, database: { ...database, fork } };
    const document = parse(query);
    const { data, errors } = await execute({ schema, document, contextValue: { core, caller: SYSTEM } });
    expect(errors).toBeUndefined();
    return { data: JSON.parse(JSON.stringify(data)), forks };
  }

  it('is fetched with one query for each kind, and given to the right row', async () => {
    const { data, forks } = await ask('{ jobs(first: 20) { nodes { datasetVersion { name dataset { name } } } } }');
    const expected = Array.from({ length: 20 }, (_, n) => ({
      datasetVersion: { name: `v${n}`, dataset: { name: `data ${n}` } },
    }));
    expect(data).toEqual({ jobs: { nodes: expected.toReversed() } });
    expect(forks).toBe(3);
  });

  it('is the last of several where a version has been looked at again, in one query for all versions', async () => {
    const em = test.app.database.fork();
    for (const datasetVersion of await em.findAll(DatasetVersion)) {
      for (const checksTotal of [1, 2]) {
        const job = em.create(Job, { pipeline: 'toy', datasetVersion });
        const counts = { valid: true, checksTotal, checksPassed: checksTotal, checksFailed: 0 };
        em.create(ValidationResult, { datasetVersion, job, ...counts });
        await em.flush();
      }
    }
    const { data, forks } = await ask('{ datasetVersions(first: 20) { nodes { validationResult { checksTotal } } } }');
    expect(data.datasetVersions.nodes).toEqual(Array(20).fill({ validationResult: { checksTotal: 2 } }));
    expect(forks).toBe(2);
  });
});
