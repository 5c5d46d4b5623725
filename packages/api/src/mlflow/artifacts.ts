import { DomainError } from '../errors.ts';
import type { DeliveryContext } from './delivery.ts';
import { logData, type MlflowRun } from './tracking.ts';

/**
 * A file of the run: uploaded where the server takes artifacts itself (`mlflow-artifacts:`); where it does not, only those
 * who run it can write there, so a tag tells by which key our own store has it.
 *
 * @returns whether the file is with MLflow now.
 */
export async function sendArtifact(
  { client, objects, logger, signal }: DeliveryContext,
  run: MlflowRun,
  name: string,
  objectKey: string,
): Promise<boolean> {
  const root = proxiedPath(run.artifact_uri);
  if (root === undefined) {
    const tags = { [`artifact.${name.replaceAll('/', '.')}`]: objectKey };
    await logData(client, run.run_id, { tags }, signal);
    return false;
  }
  let file: string;
  try {
    file = await objects.path(objectKey);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'ARTIFACT_MISSING')) throw error;
    logger.warn({ run: run.run_id, artifact: name }, 'a file that MLflow is owed is no more; its run goes without it');
    return false;
  }
  await client.upload(`${root}/${name}`, file, signal);
  return true;
}

/** `mlflow-artifacts:/1/abc/artifacts` -> `1/abc/artifacts`. */
function proxiedPath(uri: string): string | undefined {
  return /^mlflow-artifacts:\/+(?<path>.+?)\/*$/.exec(uri)?.groups?.path;
}
