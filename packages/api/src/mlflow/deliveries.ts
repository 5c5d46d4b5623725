import { deliverAlias } from './deliver-alias.ts';
import { deliverDataRevision } from './deliver-data-revision.ts';
import { deliverModelVersion } from './deliver-model-version.ts';
import { deliverRun } from './deliver-run.ts';
import { deliverRunEnd } from './deliver-run-end.ts';
import type { Delivery } from './delivery.ts';
import type { OwedKind } from './mlflow-outbox.entity.ts';

/** THE LIST of deliveries, one for each kind of entry. */
export const DELIVERIES: Readonly<Record<OwedKind, Delivery>> = {
  run: deliverRun,
  model_version: deliverModelVersion,
  alias: deliverAlias,
  run_end: deliverRunEnd,
  data_revision: deliverDataRevision,
};
