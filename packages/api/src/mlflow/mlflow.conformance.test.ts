import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import { markWritten } from '../dvc/claims.ts';
import { DvcRevision } from '../dvc/dvc-revision.entity.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { getJob, rerunJob } from '../jobs/job.operations.ts';
import { LOOKALIKE } from '../lookalike/receive/version-ledger.ts';
import { promoteModel } from '../models/model.operations.ts';
import { ModelPromotion } from '../models/model-promotion.entity.ts';
import { ModelVersion } from '../models/model-version.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { MlflowReader } from '../test/mlflow-reader.ts';
import { findMlflow, startMlflow, type ThrowawayMlflow } from '../test/throwaway-mlflow.ts';
import { TRAINING_STAGES_MODULE, trainingPipeline } from '../test/training-pipeline.ts';
import { MlflowOutbox } from './mlflow-outbox.entity.ts';
import { countOutbox, owe } from './outbox.ts';

const program = findMlflow();

/** Against MLflow itself; one story, whose tests go on from one another. */
describe.skipIf(program === undefined)('a real MLflow', () => {
  let server: ThrowawayMlflow;
  let test: TestApp;
  let mlflow: MlflowReader;
  let firstJob: string;
  const commit = 'c0ffee'.padEnd(40, '0');

  beforeAll(async () => {
    if (program === undefined) return;
    server = await startMlflow(program);
    mlflow = new MlflowReader(server.url, LOOKALIKE);
    test = await createTestApp(
      { pipelines: [trainingPipeline], stagesModule: TRAINING_STAGES_MODULE },
      { MLFLOW_TRACKING_URI: `${server.url}/`, KINDRED_COMMIT: commit },
    );
    await test.app.start();
    await ensureDataset(test.app, LOOKALIKE, LOOKALIKE);
  }, 120_000);
  afterAll(async () => {
    await test?.dispose();
    await server?.dispose();
  });

  const em = () => test.app.database.fork();
  const allSent = (owed = 0) =>
    expect.poll(async () => countOutbox(em()), { timeout: 30_000 }).toEqual({ owed, refused: 0 });
  const ended = (id: string) =>
    expect.poll(async () => (await getJob(test.app, id)).status, { timeout: 30_000 }).toBe('completed');
  const trainAgain = async (params: Record<string, unknown>) => {
    const { id } = await rerunJob(test.app, firstJob, { params });
    await ended(id);
    return em().findOneOrFail(ExperimentRun, { job: id });
  };

  it('has a training as a run with parameters, metrics by step, tags and files', async () => {
    const { job, version } = await commitVersion(test.app, LOOKALIKE, 'v1', { version: 'v1', tables: {} });
    firstJob = job.id;
    await ended(job.id);
    await allSent();
    const own = await em().findOneOrFail(ExperimentRun, { job: job.id });
    const [run] = await mlflow.runs();
    expect(await mlflow.runs()).toHaveLength(1);
    expect(own.mlflowRunId).toBe(run.info.run_id);
    expect(own.mlflowRunId).not.toBe(own.id);
    expect(run.info).toMatchObject({
      status: 'FINISHED',
      run_name: 'lookalike v1',
      start_time: own.startedAt.getTime(),
      end_time: own.endedAt?.getTime(),
    });
    expect(run.data.params).toEqual({ rate: '1', loss: 'log' });
    expect(run.data.metrics).toEqual({ loss: 1 / 3, map_at_100: 0.5, rows: 7, reported: 1 });
    expect((await mlflow.history(run.info.run_id, 'loss')).map(({ step, value }) => [step, value])).toEqual([
      [0, 1],
      [1, 1 / 2],
      [2, 1 / 3],
    ]);
    expect(await mlflow.history(run.info.run_id, 'map_at_100')).toHaveLength(1);
    const manifest = await test.app.objects.get(
      `sha256/${version.manifestHash?.slice(0, 2)}/${version.manifestHash?.slice(2)}`,
    );
    expect(run.data.tags).toMatchObject({
      'kindred.run_id': own.id,
      data_version: 'v1',
      data_sha256: version.manifestHash,
      dvc_hash: createHash('md5').update(manifest).digest('hex'),
      'mlflow.source.git.commit': commit,
      git_commit: commit,
      decision: 'it was asked for',
      model_version: '1.0',
    });
    expect(await mlflow.files(run.info.run_id)).toEqual([
      'model/model.bin',
      'reports/drift.json',
      'reports/report.json',
    ]);
  });

  it("hands the champion's bytes to MLflow's own client", async () => {
    const script = `import mlflow, sys; print(open(mlflow.artifacts.download_artifacts('models:/lookalike@champion') + '/model.bin').read())`;
    const env = { ...process.env, MLFLOW_TRACKING_URI: server.url, MLFLOW_DISABLE_TELEMETRY: 'true' };
    const { stdout } = await promisify(execFile)(server.python, ['-c', script], { env });
    expect(stdout.trim()).toBe('model.bin at 1');
  });

  it('has every model as a version: the newest is the challenger, the published one the champion', async () => {
    expect(await mlflow.aliases()).toEqual({ challenger: '1', champion: '1' });
    await trainAgain({ rate: 2, published: false });
    await allSent();
    expect(await mlflow.aliases()).toEqual({ challenger: '2', champion: '1' });
    expect(await mlflow.versionTags('1')).toMatchObject({ published: 'true', model_version: '1.0' });
    expect(await mlflow.versionTags('2')).toMatchObject({ published: 'false', data_version: 'v1' });
    await trainAgain({ rate: 3, published: true });
    await allSent();
    expect(await mlflow.aliases()).toEqual({ challenger: '3', champion: '3' });
    const first = await em().findOneOrFail(ModelVersion, { version: '1.0' });
    await promoteModel(test.app, first.id, 'the old one was better');
    await allSent();
    expect(await mlflow.aliases()).toEqual({ challenger: '3', champion: '1' });
  });

  it('is told in order and once of what happened while it was down, over a restart of the service', async () => {
    await server.kill();
    const missed = [await trainAgain({ rate: 4, published: true }), await trainAgain({ rate: 5, published: false })];
    expect(missed.map(({ status, mlflowRunId }) => [status, mlflowRunId ?? null])).toEqual([
      ['FINISHED', null],
      ['FINISHED', null],
    ]);
    expect((await countOutbox(em())).owed).toBe(7);
    await test.restart();
    await test.app.start();
    missed.push(await trainAgain({ rate: 6, published: true }));
    await server.start();
    await allSent();
    const entries = await em().find(MlflowOutbox, {}, { orderBy: { sentAt: 'asc', id: 'asc' } });
    expect(entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).sort((a, b) => a - b));
    const told = (await mlflow.runs()).map(({ data }) => data.tags['kindred.run_id']);
    const own = await em().find(ExperimentRun, {}, { orderBy: { id: 'asc' } });
    expect(told).toEqual(own.map(({ id }) => id));
    expect(told.slice(-3)).toEqual(missed.map(({ id }) => id));
    expect(await mlflow.aliases()).toEqual({ challenger: '6', champion: '6' });
  });

  it('gets nothing twice when the service ended between a step and the note of it', async () => {
    const before = await mlflow.everything();
    await em().nativeUpdate(ExperimentRun, {}, { mlflowRunId: null });
    await em().nativeUpdate(MlflowOutbox, {}, { sentAt: null });
    await allSent();
    expect(await mlflow.everything()).toEqual(before);
    const own = await em().find(ExperimentRun, {}, { orderBy: { id: 'asc' } });
    expect(own.map(({ mlflowRunId }) => mlflowRunId)).toEqual((await mlflow.runs()).map(({ info }) => info.run_id));
  });

  it('is told where DVC has the data of a training once they are a revision', async () => {
    const run = await em().findOneOrFail(ExperimentRun, { job: firstJob }, { populate: ['datasetVersion'] });
    const tagsNow = async () => (await mlflow.runs())[0].data.tags;
    const before = await tagsNow();
    const fork = em();
    const holder = randomUUID();
    const row = fork.create(DvcRevision, {
      job: firstJob,
      datasetVersion: run.datasetVersion.id,
      tag: 'data/v1',
      holder,
    });
    await fork.flush();
    const held = { id: row.id, jobId: firstJob, tag: row.tag, holder };
    const written = { commit: 'd'.repeat(40), dvcHash: before.dvc_hash, objects: [], metrics: null };
    expect(await markWritten(em(), { ...held, holder: randomUUID() }, written)).toBe(false);
    expect(await markWritten(em(), held, written)).toBe(true);
    await allSent();
    const told = { dvc_hash: before.dvc_hash, dvc_revision: written.commit, dvc_tag: 'data/v1' };
    expect(await tagsNow()).toEqual({ ...before, ...told });
    expect((await mlflow.runs()).filter(({ data }) => 'dvc_tag' in data.tags)).toHaveLength(1);
  });

  it('may refuse an entry for ever: that one is given up, and what follows is sent', async () => {
    const promotion = await em().findOneOrFail(ModelPromotion, { reason: 'the old one was better' });
    const { run } = await em().findOneOrFail(ModelVersion, promotion.modelVersion.id);
    await em().nativeUpdate(ExperimentRun, run.id, { mlflowRunId: 'f'.repeat(32) });
    await em().transactional((tx) => owe(tx, [{ kind: 'run_end', subject: run.id }]));
    await trainAgain({ rate: 7, published: true });
    await expect.poll(() => countOutbox(em()), { timeout: 30_000 }).toEqual({ owed: 0, refused: 1 });
    const [given] = await em().find(MlflowOutbox, { refusedAt: { $ne: null } });
    expect(given.lastError).toMatch(/^RESOURCE_DOES_NOT_EXIST/);
    expect(await mlflow.aliases()).toEqual({ challenger: '7', champion: '7' });
  });
});
