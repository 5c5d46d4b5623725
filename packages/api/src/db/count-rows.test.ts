import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { countRows } from './count-rows.ts';

const JOBS = 3000;

describe('the number of rows', () => {
  let test: TestApp;
  const em = () => test.app.database.fork();

  beforeAll(async () => {
    test = await createTestApp();
    const dataset = em().create(Dataset, { name: 'counted', kind: 'toy' });
    const version = em().create(DatasetVersion, { dataset, name: 'v1' });
    await em().persist([dataset, version]).flush();
    await em().execute(
      `insert into job (id, pipeline, params, status, created_at, dataset_version_id)
       select gen_random_uuid(), case when n % 10 = 0 then 'rare' else 'common' end, '{}', 'failed', now(),
         case when n <= 7 then ?::uuid end
       from generate_series(1, ${JOBS}) as n`,
      [version.id],
    );
    await em().execute('analyze job');
  });
  afterAll(() => test.dispose());

  it('is exact up to the bound, the bound itself included', async () => {
    expect(await countRows(em(), Job, {}, JOBS)).toEqual({ count: JOBS, exact: true });
    expect(await countRows(em(), Job, { pipeline: 'none' })).toEqual({ count: 0, exact: true });
    expect(await countRows(em(), Job, { datasetVersion: { dataset: { name: 'counted' } } })).toEqual({
      count: 7,
      exact: true,
    });
  });

  it('is the expectation of the planner beyond it, filters included, and never below what was counted', async () => {
    expect(await countRows(em(), Job, {}, 100)).toEqual({ count: JOBS, exact: false });
    const rare = await countRows(em(), Job, { pipeline: 'rare' }, 100);
    expect(rare.exact).toBe(false);
    expect(rare.count).toBeGreaterThan(JOBS / 10 / 2);
    expect(rare.count).toBeLessThan((JOBS / 10) * 2);
    const early = await countRows(em(), Job, { datasetVersion: { dataset: { name: 'counted' } } }, 6);
    expect(early.count).toBeGreaterThanOrEqual(7);
  });
});
