import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../app.ts';
import { commitVersion, ensureDataset, findVersion } from '../datasets/dataset.operations.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { Manifest } from '../datasets/manifest.ts';
import type { EventMap } from '../events/events.ts';
import { createJob } from '../jobs/create-job.ts';
import { Job } from '../jobs/job.entity.ts';
import { cancelJob, continueJob, getJob, listStageRuns, rerunJob, retryJob } from '../jobs/job.operations.ts';
import { MAX_JOB_ATTEMPTS } from '../jobs/lease.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { lineageAround } from '../lineage/lineage.operations.ts';
import { Metric } from '../metrics/metric.entity.ts';
import { hashBytes } from '../objects/object-store.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';

describe('a pipeline', () => {
  let test: TestApp;
  let app: App;

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
    app = test.app;
    await ensureDataset(app, 'toys', 'toy');
    await app.start();
  });
  afterAll(() => test.dispose());

  it('runs its stages over a committed version and records what they made, once', async () => {
    const seen: EventMap['stageProgress'][] = [];
    const unsubscribe = app.events.subscribe('stageProgress', (payload) => seen.push(payload));
    const { job } = await commitVersion(app, 'toys', 'v1', await manifest(app, 'v1', [1, 2, 4]));
    const done = await ended(app, job.id);
    unsubscribe();
    expect(done).toMatchObject({ status: 'completed', outcome: 'doubled', progress: 1, error: null, attempt: 1 });
    const stages = await listStageRuns(app, job.id);
    expect(stages.map((stage) => [stage.name, stage.status, stage.summary])).toEqual([
      ['read', 'completed', { sum: 7 }],
      ['double', 'completed', { value: 14 }],
      ['celebrate', 'completed', { pid: expect.any(Number) }],
      ['report', 'completed', { read: { sum: 7 }, sawFile: false }],
    ]);
    expect(stages[2].summary?.pid).not.toBe(process.pid);
    expect((await findVersion(app, 'toys', 'v1'))?.rowCounts).toEqual({ effects: 1, value: 14 });
    const metrics = await app.database.fork().find(Metric, { job: job.id }, { orderBy: { id: 'asc' } });
    expect(metrics.map(({ stage, key, step, value }) => [stage, key, step, value])).toEqual([
      ['double', 'value', 0, 14],
      ['double', 'curve', 0, 1],
      ['double', 'curve', 1, 2],
    ]);
    expect((await app.objects.get(stages[2].outputs[0].key)).toString()).toBe('Hooray 14');
    expect(seen.filter((payload) => payload.status === 'completed').map((payload) => payload.stage)).toEqual([
      'read',
      'double',
      'celebrate',
      'report',
    ]);
  });

  it('draws the lineage from the version over its manifest to the last artifact', async () => {
    const version = await findVersion(app, 'toys', 'v1');
    const job = await app.database.fork().findOneOrFail(Job, { datasetVersion: version?.id ?? '' });
    const [, , celebrate] = await listStageRuns(app, job.id);
    const graph = await lineageAround(
      app.database.fork(),
      { kind: 'artifact', id: celebrate.outputs[0].hash },
      { direction: 'upstream' },
    );
    expect(graph.nodes.map((node) => node.kind)).toEqual([
      'artifact',
      'stage_run',
      'artifact',
      'stage_run',
      'artifact',
      'stage_run',
      'manifest',
    ]);
    expect(graph.nodes.at(-1)?.id).toBe(version?.manifestHash);
  });

  it('computes a stage again only for another input, parameter or seed', async () => {
    const version = await findVersion(app, 'toys', 'v1');
    const first = await app.database.fork().findOneOrFail(Job, { datasetVersion: version?.id ?? '' });
    const same = await ended(app, (await rerunJob(app, first.id)).id);
    expect(await statuses(app, same.id)).toEqual(['reused', 'reused', 'reused', 'reused']);
    expect(same.idCard).toBe(first.idCard);
    const changed = await ended(app, (await rerunJob(app, first.id, { params: { factor: 3 } })).id);
    expect(await statuses(app, changed.id)).toEqual(['reused', 'completed', 'completed', 'completed']);
    expect(changed.idCard).not.toBe(first.idCard);
    // Effects happen once per job, reused or not.
    expect((await findVersion(app, 'toys', 'v1'))?.rowCounts).toEqual({ effects: 3, value: 21 });
    expect(await app.database.fork().count(Metric, { job: same.id })).toBe(3);
  });

  it('obeys stop, always and skip', async () => {
    const negative = await commitVersion(app, 'toys', 'negative', await manifest(app, 'negative', [-5]));
    expect(await ended(app, negative.job.id)).toMatchObject({ status: 'completed', outcome: 'negative' });
    expect(await statuses(app, negative.job.id)).toEqual(['completed', 'skipped', 'skipped', 'completed']);
    const large = await commitVersion(app, 'toys', 'large', await manifest(app, 'large', [100]));
    await ended(app, large.job.id);
    expect(await statuses(app, large.job.id)).toEqual(['completed', 'completed', 'skipped', 'completed']);
  });

  it('runs stage by stage where it is asked to, and leaves the next job its turn', async () => {
    const { job } = await commitVersion(app, 'toys', 'stages', await manifest(app, 'stages', [8]));
    await ended(app, job.id);
    const made = await app.database.fork().transactional((tx) =>
      createJob(tx, app.queue, {
        pipeline: toyPipeline,
        datasetVersion: tx.getReference(DatasetVersion, job.datasetVersion?.id ?? ''),
        params: { factor: 11 },
        seed: 42,
        group: job.group ?? undefined,
        until: null,
      }),
    );
    expect(await getJob(app, made.id)).toMatchObject({ status: 'paused', startedAt: null });
    await expect(continueJob(app, made.id, 'nowhere')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const waiting = await rerunJob(app, job.id, { params: { factor: 12 } });
    await continueJob(app, made.id, 'double');
    await expect(continueJob(app, made.id, 'report')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect(await ended(app, made.id)).toMatchObject({ status: 'paused', until: 'double', finishedAt: null });
    expect(await statuses(app, made.id)).toEqual(['reused', 'completed', 'pending', 'pending']);
    expect((await getJob(app, made.id)).progress).toBeGreaterThan(0);
    expect((await ended(app, waiting.id)).status).toBe('completed');
    await expect(continueJob(app, made.id, 'double')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await continueJob(app, made.id);
    expect(await ended(app, made.id)).toMatchObject({ status: 'completed', outcome: 'doubled', progress: 1 });
    const idle = await rerunJob(app, job.id, { params: { factor: 13 } });
    await ended(app, idle.id);
  });

  it('fails a job with the code of what its stage threw, and runs it again from there', async () => {
    const { job } = await commitVersion(app, 'toys', 'refused', await manifest(app, 'refused', [3]));
    await ended(app, job.id);
    const failing = await ended(app, (await rerunJob(app, job.id, { params: { behave: 'refuse' } })).id);
    expect(failing).toMatchObject({ status: 'failed', error: { code: 'INVALID_INPUT', details: { factor: 2 } } });
    expect(await statuses(app, failing.id)).toEqual(['reused', 'failed', 'pending', 'pending']);
    const broken = await ended(app, (await rerunJob(app, job.id, { params: { behave: 'fail' } })).id);
    expect(broken.error).toMatchObject({ code: 'STAGE_FAILED', message: 'this stage fails' });
    await retryJob(app, broken.id);
    expect((await ended(app, broken.id)).error).toMatchObject({ code: 'STAGE_FAILED' });
    expect((await findVersion(app, 'toys', 'refused'))?.status).toBe('processed');
  });

  it('tries a stage again when its process was killed', async () => {
    const { job } = await commitVersion(app, 'toys', 'crash', await manifest(app, 'crash', [5]));
    await ended(app, job.id);
    const crashed = await ended(app, (await rerunJob(app, job.id, { params: { behave: 'crash-once', factor: 9 } })).id);
    expect(crashed.status).toBe('completed');
    const [, double] = await listStageRuns(app, crashed.id);
    expect([double.attempt, double.summary]).toEqual([2, { value: 45 }]);
  });

  it('cancels a running job within a second and a waiting one at once, and goes on with the next', async () => {
    const { job } = await commitVersion(app, 'toys', 'cancel', await manifest(app, 'cancel', [6]));
    await ended(app, job.id);
    const long = await rerunJob(app, job.id, { params: { waitMs: 15_000 } });
    const waiting = await rerunJob(app, job.id, { params: { waitMs: 16_000 } });
    const last = await rerunJob(app, job.id, { params: { factor: 4 } });
    await until(app, long.id, (found) => found.message.startsWith('double'));
    expect((await cancelJob(app, waiting.id)).status).toBe('cancelled');
    const asked = Date.now();
    await cancelJob(app, long.id);
    expect((await ended(app, long.id)).status).toBe('cancelled');
    expect(await statuses(app, long.id)).toEqual(['reused', 'failed', 'pending', 'pending']);
    expect(Date.now() - asked).toBeLessThan(1500);
    expect((await ended(app, last.id)).status).toBe('completed');
    await expect(cancelJob(app, last.id)).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('gives up a job whose stage never ended, not one that got on between restarts', async () => {
    app = await test.restart();
    const jobs: Job[] = [];
    for (const name of ['stuck', 'slow']) {
      const { job } = await commitVersion(app, 'toys', name, await manifest(app, name, [9]));
      const em = app.database.fork();
      await em.execute('update job set attempt = ? where id = ?', [MAX_JOB_ATTEMPTS, job.id]);
      const begun = {
        name: 'double',
        ordinal: 1,
        status: 'running' as const,
        attempt: name === 'stuck' ? MAX_JOB_ATTEMPTS : 2,
      };
      em.create(StageRun, { ...begun, job: em.getReference(Job, job.id, { wrapped: true }) });
      await em.flush();
      jobs.push(job);
    }
    await app.start();
    const [stuck, slow] = await Promise.all(jobs.map((job) => ended(app, job.id)));
    expect([stuck.status, stuck.error?.code, slow.status]).toEqual(['failed', 'COMPUTE_DIED', 'completed']);
  });

  it('gives a running job back on stop and continues it after the last finished stage', async () => {
    const { job } = await commitVersion(app, 'toys', 'stop', await manifest(app, 'stop', [8]));
    await ended(app, job.id);
    const long = await rerunJob(app, job.id, { params: { waitMs: 2000 } });
    await until(app, long.id, (found) => found.message.startsWith('double'));
    app = await test.restart();
    expect(await getJob(app, long.id)).toMatchObject({ status: 'pending', attempt: 0 });
    await app.start();
    const done = await ended(app, long.id);
    expect(done).toMatchObject({ status: 'completed', leaseToken: 2 });
    const stages = await listStageRuns(app, long.id);
    expect(stages.map((stage) => stage.status)).toEqual(['reused', 'completed', 'reused', 'reused']);
  });
});

async function manifest(app: App, version: string, numbers: readonly number[]): Promise<Manifest> {
  const batches = await Promise.all(
    numbers.map(async (number, index) => {
      const body = Buffer.from(JSON.stringify(number));
      const key = `batches/${hashBytes(version)}/numbers/${index + 1}.json`;
      await app.objects.put(key, body);
      return { batch_id: index + 1, key, hash: hashBytes(body), bytes: body.length };
    }),
  );
  return { version, tables: { numbers: { total_batches: numbers.length, batches } } };
}

async function statuses(app: App, jobId: string): Promise<string[]> {
  return (await listStageRuns(app, jobId)).map((stage) => stage.status);
}

function ended(app: App, jobId: string): Promise<Job> {
  return until(app, jobId, (job) => !['pending', 'running'].includes(job.status));
}

async function until(app: App, jobId: string, satisfied: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await getJob(app, jobId);
    if (satisfied(job)) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
