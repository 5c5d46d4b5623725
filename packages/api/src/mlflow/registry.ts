/** MLflow's model registry: models, versions and aliases. Every call may be made again without a second effect. */
import { z } from 'zod';
import { type MlflowClient, MlflowRefusal } from './mlflow-client.ts';

const empty = z.looseObject({});
const version = z.object({ version: z.coerce.string() });
const found = z.object({ model_versions: z.array(version).default([]) });
const created = z.object({ model_version: version });

export interface NewModelVersion {
  readonly model: string;
  /** MLflow's id of the run. */
  readonly runId: string;
  readonly source: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** MLflow's number of the version that the run made; undefined where it is not registered. */
export async function findModelVersion(
  client: MlflowClient,
  { model, runId }: Pick<NewModelVersion, 'model' | 'runId'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const filter = `name='${model.replaceAll("'", "\\'")}' and run_id='${runId}'`;
  const { model_versions } = await client.get('mlflow/model-versions/search', { filter }, found, signal);
  return model_versions[0]?.version;
}

/** MLflow's number of the version, which is registered where it is not yet, and its model too. */
export async function ensureModelVersion(
  client: MlflowClient,
  wanted: NewModelVersion,
  signal: AbortSignal,
): Promise<string> {
  const known = await findModelVersion(client, wanted, signal);
  if (known !== undefined) return known;
  const { model: name, runId: run_id, source, description } = wanted;
  await client.post('mlflow/registered-models/create', { name }, empty, signal).catch((error: unknown) => {
    if (!(error instanceof MlflowRefusal && error.code === 'RESOURCE_ALREADY_EXISTS')) throw error;
  });
  const tags = Object.entries(wanted.tags).map(([key, value]) => ({ key, value }));
  const body = { name, run_id, source, description, tags };
  return (await client.post('mlflow/model-versions/create', body, created, signal)).model_version.version;
}

/** Points the alias to the version, wherever it pointed before. */
export async function setAlias(
  client: MlflowClient,
  body: { name: string; alias: string; version: string },
  signal: AbortSignal,
): Promise<void> {
  await client.post('mlflow/registered-models/alias', body, empty, signal);
}
