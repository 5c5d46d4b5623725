import { afterEach, describe, expect, it } from 'vitest';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { LOOKALIKE } from '../lookalike/receive/version-ledger.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { MlflowReader } from '../test/mlflow-reader.ts';
import { canWantPasswords, findMlflow, startMlflow } from '../test/throwaway-mlflow.ts';
import { TRAINING_STAGES_MODULE, trainingPipeline } from '../test/training-pipeline.ts';
import { MlflowOutbox } from './mlflow-outbox.entity.ts';
import { countOutbox } from './outbox.ts';

const program = findMlflow();
const wantsPasswords = program !== undefined && canWantPasswords(program);

describe.skipIf(program === undefined)('an MLflow', { timeout: 120_000 }, () => {
  const undo: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  async function serverOf(options: Parameters<typeof startMlflow>[1]) {
    const server = await startMlflow(program ?? '', options);
    undo.push(() => server.dispose());
    return server;
  }

  async function trained(env: Record<string, string>): Promise<TestApp> {
    const parts = { pipelines: [trainingPipeline], stagesModule: TRAINING_STAGES_MODULE };
    const test = await createTestApp(parts, env);
    undo.push(() => test.dispose());
    await test.app.start();
    await ensureDataset(test.app, LOOKALIKE, LOOKALIKE);
    await commitVersion(test.app, LOOKALIKE, 'v1', { version: 'v1', tables: {} });
    const run = () => test.app.database.fork().count(ExperimentRun);
    await expect.poll(run, { timeout: 20_000 }).toBe(1);
    return test;
  }
  const allSent = ({ app }: TestApp) =>
    expect.poll(() => countOutbox(app.database.fork()), { timeout: 30_000 }).toEqual({ owed: 0, refused: 0 });

  it('that takes no artifacts itself is told by which key our own store has them', async () => {
    const server = await serverOf({ proxiesArtifacts: false });
    const test = await trained({ MLFLOW_TRACKING_URI: server.url });
    await allSent(test);
    const mlflow = new MlflowReader(server.url, LOOKALIKE);
    const [run] = await mlflow.runs();
    expect(await mlflow.files(run.info.run_id)).toEqual([]);
    const key = run.data.tags['artifact.model.model.bin'];
    expect(await test.app.objects.has(key)).toBe(true);
    expect(run.data.tags).toHaveProperty(['artifact.reports.report.json']);
    expect(await mlflow.versionTags('1')).toMatchObject({ object_key: key, published: 'true' });
    expect(await mlflow.aliases()).toEqual({ challenger: '1', champion: '1' });
  });

  it.skipIf(!wantsPasswords)(
    'that wants a password keeps out whoever has a wrong one, who waits, and lets in whoever has the right one',
    async () => {
      const password = 'correct horse battery';
      const server = await serverOf({ password });
      const shut = await trained({
        MLFLOW_TRACKING_URI: server.url,
        MLFLOW_TRACKING_USERNAME: 'admin',
        MLFLOW_TRACKING_PASSWORD: 'wrong horse',
      });
      const oldest = () => shut.app.database.fork().findOne(MlflowOutbox, { id: 1 });
      await expect.poll(async () => (await oldest())?.lastError, { timeout: 20_000 }).toMatch(/answers 401/);
      expect(await oldest()).toMatchObject({ sentAt: null, refusedAt: null, refusals: 0 });
      const open = await trained({
        MLFLOW_TRACKING_URI: server.url.replace('//', `//admin:${encodeURIComponent(password)}@`),
      });
      await allSent(open);
    },
  );
});
