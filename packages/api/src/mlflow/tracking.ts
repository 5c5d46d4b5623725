/** MLflow's tracking: experiments and runs. Every call may be made again without a second effect. */
import { z } from 'zod';
import { type MlflowClient, MlflowRefusal } from './mlflow-client.ts';
import { inBatches, type RunData } from './run-data.ts';

/** The tag by which a run is found again whose id could not be noted, because the process ended in between. */
export const RUN_TAG = 'kindred.run_id';

const runInfo = z.object({ run_id: z.string().min(1), artifact_uri: z.string().default('') });
export type MlflowRun = z.infer<typeof runInfo>;

const empty = z.looseObject({});
const oneRun = z.object({ run: z.object({ info: runInfo }) });
const someRuns = z.object({ runs: z.array(z.object({ info: runInfo })).default([]) });
const experimentId = z.object({ experiment_id: z.string().min(1) });

/** The id of the experiment of this name, which is made where there is none. */
export async function ensureExperiment(client: MlflowClient, name: string, signal: AbortSignal): Promise<string> {
  const byName = z.object({ experiment: experimentId });
  try {
    const found = await client.get('mlflow/experiments/get-by-name', { experiment_name: name }, byName, signal);
    return found.experiment.experiment_id;
  } catch (error) {
    if (!(error instanceof MlflowRefusal && error.code === 'RESOURCE_DOES_NOT_EXIST')) throw error;
  }
  return (await client.post('mlflow/experiments/create', { name }, experimentId, signal)).experiment_id;
}

export interface NewRun {
  /** Our own id of it. */
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  readonly startedAt: Date;
}

/** The run that carries our id, which is made where there is none. */
export async function ensureRun(client: MlflowClient, run: NewRun, signal: AbortSignal): Promise<MlflowRun> {
  const experiment = await ensureExperiment(client, run.experiment, signal);
  const search = { experiment_ids: [experiment], filter: `tags."${RUN_TAG}" = '${run.id}'`, max_results: 1 };
  const { runs } = await client.post('mlflow/runs/search', search, someRuns, signal);
  if (runs[0]) return runs[0].info;
  const created = {
    experiment_id: experiment,
    run_name: run.name,
    start_time: run.startedAt.getTime(),
    tags: [{ key: RUN_TAG, value: run.id }],
  };
  return (await client.post('mlflow/runs/create', created, oneRun, signal)).run.info;
}

/** @throws MlflowRefusal RESOURCE_DOES_NOT_EXIST */
export async function getRun(client: MlflowClient, runId: string, signal: AbortSignal): Promise<MlflowRun> {
  return (await client.get('mlflow/runs/get', { run_id: runId }, oneRun, signal)).run.info;
}

/** The same metric with the same step, time and value counts once, however often it is sent. */
export async function logData(client: MlflowClient, runId: string, data: RunData, signal: AbortSignal): Promise<void> {
  for (const batch of inBatches(data))
    await client.post('mlflow/runs/log-batch', { run_id: runId, ...batch }, empty, signal);
}

/** The run is over: from now on MLflow shows how long it took. */
export async function endRun(
  client: MlflowClient,
  end: { runId: string; status: string; endedAt: Date },
  signal: AbortSignal,
): Promise<void> {
  const body = { run_id: end.runId, status: end.status, end_time: end.endedAt.getTime() };
  await client.post('mlflow/runs/update', body, empty, signal);
}
