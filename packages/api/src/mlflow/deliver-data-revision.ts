import { DvcRevision } from '../dvc/dvc-revision.entity.ts';
import { type Delivery, knownRun } from './delivery.ts';
import { logData } from './tracking.ts';

/** DVC has the training's data and all that came of them: its run tells where. */
export const deliverDataRevision: Delivery = async ({ em, client, signal }, subject) => {
  const { run, runId } = await knownRun(em, subject);
  const revision = await em.findOne(DvcRevision, { job: run.job.id });
  if (revision?.commit == null || revision.dvcHash == null) return;
  const tags = { dvc_hash: revision.dvcHash, dvc_revision: revision.commit, dvc_tag: revision.tag };
  await logData(client, runId, { tags }, signal);
};
