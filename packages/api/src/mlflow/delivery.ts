import type { Logger } from 'pino';
import type { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { Em } from '../db/orm.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { type MlflowClient, MlflowRefusal } from './mlflow-client.ts';

/** What a delivery works with. */
export interface DeliveryContext {
  readonly em: Em;
  readonly client: MlflowClient;
  readonly objects: ObjectStore;
  readonly logger: Logger;
  /** Aborted when the service stops, or when another sender has taken the entry. */
  readonly signal: AbortSignal;
}

/**
 * Tells MLflow of one entry. It may be called again after any of its steps, and then makes nothing a second time.
 *
 * @param subject the entry's.
 */
export type Delivery = (context: DeliveryContext, subject: string) => Promise<void>;

/** A run that MLflow knows, with MLflow's id of it. @throws MlflowRefusal where it never got to know it. */
export async function knownRun(
  em: Em,
  id: string,
): Promise<{ run: ExperimentRun; runId: string; version: DatasetVersion }> {
  const run = await em.findOneOrFail(ExperimentRun, { id }, { populate: ['datasetVersion'] });
  const runId = run.mlflowRunId;
  if (runId == null) throw new MlflowRefusal('RUN_UNKNOWN', `MLflow has refused run ${id}`);
  return { run, runId, version: run.datasetVersion.$ };
}
