import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeSuperseded } from '../artifacts/retention.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { endOf, sendToys } from '../test/toy-versions.ts';
import { writeOwedRevisions } from '../test/write-owed-revisions.ts';
import { objectPath } from './dvc-cache.ts';
import { DvcRevision } from './dvc-revision.entity.ts';
import { md5 } from './md5.ts';
import { repositoryFolder } from './revision-writer.ts';
import { sweepCache } from './sweep.ts';

/** Versions of numbers; each number is a batch. The fourth has one of the first again. */
const VERSIONS = { v1: [11, 12], v2: [21, 22], v3: [31, 32], v4: [11, 42] };

describe('the sweep of what retention has removed', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
    await test.app.start();
    for (const [version, numbers] of Object.entries(VERSIONS)) {
      const job = await sendToys(test.app, version, numbers);
      expect(await endOf(test.app, job.id)).toMatchObject({ status: 'completed' });
    }
    expect(await writeOwedRevisions(test.app)).toHaveLength(4);
  });
  afterAll(() => test.dispose());

  const root = () => repositoryFolder(test.config.dataDir);
  const sweep = () => sweepCache(test.app.database, { objects: test.app.objects, root: root(), s3: undefined });
  /** The numbers whose batches the cache has. */
  async function cached(): Promise<number[]> {
    const numbers = [...new Set(Object.values(VERSIONS).flat())];
    const there = await Promise.all(
      numbers.map((number) =>
        stat(join(root(), '.dvc/cache', objectPath(md5(String(number))))).then(
          () => true,
          () => false,
        ),
      ),
    );
    return numbers.filter((_, at) => there[at]).sort();
  }

  it('does nothing while everything is kept', async () => {
    expect(await sweep()).toBe(0);
    expect(await cached()).toEqual([11, 12, 21, 22, 31, 32, 42]);
  });

  it('lets go of the batches of old versions, and of none that a newer one has too', async () => {
    const { datasetVersion } = (
      await test.app.database.fork().find(DvcRevision, {}, { populate: ['datasetVersion'] })
    )[0];
    await removeSuperseded(test.app, datasetVersion.$.dataset.id, 2);
    expect(await sweep()).toBe(3);
    expect(await cached()).toEqual([11, 31, 32, 42]);
    expect(await sweep()).toBe(0);
    await removeSuperseded(test.app, datasetVersion.$.dataset.id, 1);
    expect(await sweep()).toBe(2);
    expect(await cached()).toEqual([11, 42]);
  });

  it('leaves the commits and what the newest one has checked out', async () => {
    const revisions = await test.app.database.fork().find(DvcRevision, {}, { orderBy: { id: 'asc' } });
    expect(revisions.map(({ tag, sweptAt }) => [tag, sweptAt != null])).toEqual([
      ['data/v1', true],
      ['data/v2', true],
      ['data/v3', true],
      ['data/v4', false],
    ]);
    const next = await sendToys(test.app, 'v5', [51]);
    await endOf(test.app, next.id);
    expect(await writeOwedRevisions(test.app)).toHaveLength(1);
    expect(await cached()).toEqual([11, 42]);
  });
});
