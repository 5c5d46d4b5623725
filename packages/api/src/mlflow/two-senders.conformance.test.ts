import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, createApp } from '../app.ts';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { rerunJob } from '../jobs/job.operations.ts';
import { LOOKALIKE } from '../lookalike/receive/version-ledger.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { MlflowReader } from '../test/mlflow-reader.ts';
import { findMlflow, startMlflow, type ThrowawayMlflow } from '../test/throwaway-mlflow.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '../test/throwaway-postgres.ts';
import { TRAINING_STAGES_MODULE, trainingPipeline } from '../test/training-pipeline.ts';
import { MlflowOutbox } from './mlflow-outbox.entity.ts';
import { countOutbox } from './outbox.ts';

const program = findMlflow();
const installed = findPostgres();

describe.skipIf(program === undefined || installed === undefined)('two services on one PostgreSQL', () => {
  let postgres: ThrowawayPostgres;
  let mlflow: ThrowawayMlflow;
  let test: TestApp;
  let other: App;
  const parts = { pipelines: [trainingPipeline], stagesModule: TRAINING_STAGES_MODULE };

  beforeAll(async () => {
    if (program === undefined || installed === undefined) return;
    postgres = await startPostgres(installed);
    mlflow = await startMlflow(program);
    vi.stubEnv('TEST_DATABASE_URL', postgres.url);
    test = await createTestApp(parts, { MLFLOW_TRACKING_URI: mlflow.url });
    other = await createApp(test.config, parts);
  }, 120_000);
  afterAll(async () => {
    await other?.stop();
    await test?.dispose();
    await mlflow?.dispose();
    await postgres?.stop();
    vi.unstubAllEnvs();
  });

  it('tell MLflow everything once and in order', { timeout: 120_000 }, async () => {
    await ensureDataset(test.app, LOOKALIKE, LOOKALIKE);
    const { job } = await commitVersion(test.app, LOOKALIKE, 'v1', { version: 'v1', tables: {} });
    const rates = [2, 3, 4, 5, 6];
    for (const rate of rates) await rerunJob(test.app, job.id, { params: { rate } });
    await Promise.all([test.app.start(), other.start()]);
    const em = () => test.app.database.fork();
    await expect.poll(() => em().count(MlflowOutbox), { timeout: 40_000 }).toBe(4 * (rates.length + 1));
    await expect.poll(() => countOutbox(em()), { timeout: 30_000 }).toEqual({ owed: 0, refused: 0 });
    const entries = await em().find(MlflowOutbox, {}, { orderBy: { sentAt: 'asc', id: 'asc' } });
    expect(entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).sort((a, b) => a - b));
    const runs = await new MlflowReader(mlflow.url, LOOKALIKE).runs();
    const own = await em().find(ExperimentRun, {}, { orderBy: { id: 'asc' } });
    expect(runs.map(({ data }) => data.tags['kindred.run_id']).sort()).toEqual(own.map(({ id }) => id).sort());
    expect(own.map(({ mlflowRunId }) => mlflowRunId).sort()).toEqual(runs.map(({ info }) => info.run_id).sort());
    const last = String(rates.length + 1);
    expect(await new MlflowReader(mlflow.url, LOOKALIKE).aliases()).toEqual({ challenger: last, champion: last });
  });
});
