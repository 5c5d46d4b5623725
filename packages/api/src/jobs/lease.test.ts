import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../app.ts';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { createJob } from './create-job.ts';
import { endJob } from './end-job.ts';
import { Job } from './job.entity.ts';
import { cancelJob, getJob, rerunJob, retryJob } from './job.operations.ts';
import { lockLeased, renewLease, takeLease } from './lease.ts';

const STATE = { progress: 0.5, message: 'half', etaSeconds: null };

/** The app is not started: nothing but the test takes jobs. */
describe('leases and the queue', () => {
  let test: TestApp;
  let app: App;

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
    app = test.app;
    await ensureDataset(app, 'toys', 'toy');
  });
  afterAll(() => test.dispose());

  const newJob = (group?: string) =>
    app.database
      .fork()
      .transactional((tx) => createJob(tx, app.queue, { pipeline: toyPipeline, params: {}, seed: 1, group }));
  const queued = async () => {
    const [{ count }] = await app.database
      .fork()
      .execute<[{ count: string }]>(`select count(*) from pgboss.job where name = 'jobs'`);
    return Number(count);
  };

  it('gives a job to one worker only, until the lease runs out; then the first one is fenced off', async () => {
    const job = await newJob();
    const em = () => app.database.fork();
    const leases = await Promise.all([takeLease(em(), job.id), takeLease(em(), job.id), takeLease(em(), job.id)]);
    const [first] = leases.filter((lease) => lease !== undefined);
    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
    expect(await renewLease(em(), first, STATE)).toBe(false);

    await em().execute(`update job set lease_expires_at = now() - interval '1 second' where id = ?`, [job.id]);
    const second = await takeLease(em(), job.id);
    expect(second).toMatchObject({ token: first.token + 1, attempt: 2 });
    await expect(renewLease(em(), first, STATE)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    const write = em().transactional(async (tx) => {
      const locked = await lockLeased(tx, first);
      locked.message = 'written by a dead worker';
    });
    await expect(write).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect((await em().findOneOrFail(Job, job.id)).message).toBe('half');
  });

  it('runs the jobs of a group one after another and brings the next when one ends', async () => {
    const [a, b, other] = [await newJob('g'), await newJob('g'), await newJob('h')];
    const em = () => app.database.fork();
    expect(await takeLease(em(), b.id)).toBeUndefined();
    const lease = await takeLease(em(), a.id);
    expect(await takeLease(em(), b.id)).toBeUndefined();
    expect(await takeLease(em(), other.id)).toBeDefined();
    const before = await queued();
    await em().transactional(async (tx) => {
      if (!lease) throw new Error('no lease');
      await endJob(tx, await lockLeased(tx, lease), app.queue, { status: 'completed' });
    });
    expect(await queued()).toBe(before + 1);
    expect(await takeLease(em(), b.id)).toBeDefined();
    // The first one is tried again while the second runs: it waits, although it is older.
    await em().nativeUpdate(Job, { id: a.id }, { status: 'pending' });
    expect(await takeLease(em(), a.id)).toBeUndefined();
  });

  it('knows no job by a text that is no id', async () => {
    for (const attempt of [getJob, cancelJob, retryJob, rerunJob]) {
      await expect(attempt(app, "x' or 1=1")).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('queues a job with its transaction or not at all', async () => {
    const before = await queued();
    const rolledBack = app.database.fork().transactional(async (tx) => {
      await createJob(tx, app.queue, { pipeline: toyPipeline, params: {}, seed: 7 });
      throw new Error('undo');
    });
    await expect(rolledBack).rejects.toThrow('undo');
    expect(await queued()).toBe(before);
    expect(await app.database.fork().count(Job, { seed: 7 })).toBe(0);
    await newJob();
    expect(await queued()).toBe(before + 1);
  });

  it('refuses parameters that the pipeline does not know', async () => {
    const wrong = app.database
      .fork()
      .transactional((tx) => createJob(tx, app.queue, { pipeline: toyPipeline, params: { nonsense: 1 }, seed: 1 }));
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('commits a version once, however often and at whatever moment it is asked', async () => {
    const manifest = { version: 'v1', tables: { numbers: { total_batches: 0, batches: [] } } };
    const before = await queued();
    const commits = await Promise.all(Array.from({ length: 5 }, () => commitVersion(app, 'toys', 'v1', manifest)));
    expect(commits.filter((commit) => commit.created)).toHaveLength(1);
    expect(new Set(commits.map((commit) => commit.job.id)).size).toBe(1);
    expect(await queued()).toBe(before + 1);
    const later = await commitVersion(app, 'toys', 'v2', { ...manifest, version: 'v2' });
    const repeat = await commitVersion(app, 'toys', 'v1', { ...manifest, tables: {} });
    expect(repeat.created).toBe(false);
    const versions = await app.database.fork().find(DatasetVersion, {}, { orderBy: { ordinal: 'asc' } });
    expect(versions.map(({ name, ordinal, status }) => [name, ordinal, status])).toEqual([
      ['v1', 1, 'committed'],
      ['v2', 2, 'committed'],
    ]);
    expect(later.version.manifestHash).not.toBe(repeat.version.manifestHash);
    expect(await takeLease(app.database.fork(), later.job.id)).toBeUndefined();
  });
});
