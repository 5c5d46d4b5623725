import { commitVersion } from '@kindred/api/datasets/dataset.operations.ts';
import { LOOKALIKE } from '@kindred/api/lookalike/receive/version-ledger.ts';
import { MlflowReader } from '@kindred/api/test/mlflow-reader.ts';
import { findMlflow, startMlflow, type ThrowawayMlflow } from '@kindred/api/test/throwaway-mlflow.ts';
import { TRAINING_STAGES_MODULE, trainingPipeline } from '@kindred/api/test/training-pipeline.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const program = findMlflow();

describe.skipIf(program === undefined)('/experiments beside a real MLflow', () => {
  let mlflow: ThrowawayMlflow;
  let server: TestServer;

  beforeAll(async () => {
    if (program === undefined) return;
    mlflow = await startMlflow(program);
    server = await startTestServer(
      { MLFLOW_TRACKING_URI: mlflow.url },
      { pipelines: [trainingPipeline], stagesModule: TRAINING_STAGES_MODULE },
    );
    await server.app.start();
  }, 120_000);
  afterAll(async () => {
    await server?.dispose();
    await mlflow?.dispose();
  });

  const experiments = async () => (await (await fetch(`${server.url}/experiments`)).json()).experiments;
  const metric = async (line: string) => (await (await fetch(`${server.url}/metrics`)).text()).includes(line);

  it("has our own id of a run until MLflow is told, MLflow's from then on, and tells of what is owed", async () => {
    await mlflow.kill();
    await commitVersion(server.app, LOOKALIKE, 'v1', { version: 'v1', tables: {} });
    await expect.poll(experiments, { timeout: 20_000 }).toHaveLength(1);
    const [{ run_id: own, model_version }] = await experiments();
    expect(own).toMatch(/^[0-9a-f]{32}$/);
    expect(model_version).toBe('1.0');
    await expect.poll(() => metric('kindred_mlflow_entries{state="owed"} 4'), { timeout: 20_000 }).toBe(true);
    await mlflow.start();
    await expect.poll(() => metric('kindred_mlflow_entries{state="owed"} 0'), { timeout: 40_000 }).toBe(true);
    const [run] = await new MlflowReader(mlflow.url, LOOKALIKE).runs();
    expect(run.info.run_id).not.toBe(own);
    expect((await experiments()).map((experiment: { run_id: string }) => experiment.run_id)).toEqual([run.info.run_id]);
  });
});
