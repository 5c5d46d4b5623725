import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { Metric } from '../metrics/metric.entity.ts';
import type { Delivery } from './delivery.ts';
import { runTags } from './run-tags.ts';
import { ensureRun, logData } from './tracking.ts';

/** A training becomes a run. Its id is noted as soon as MLflow has given it. */
export const deliverRun: Delivery = async ({ em, client, objects, signal }, subject) => {
  const run = await em.findOneOrFail(ExperimentRun, { id: subject }, { populate: ['datasetVersion'] });
  const { id, experiment, startedAt, params, datasetVersion } = run;
  if (run.mlflowRunId == null) {
    const name = `${experiment} ${datasetVersion.$.name}`.slice(0, 250);
    run.mlflowRunId = (await ensureRun(client, { id, experiment, name, startedAt }, signal)).run_id;
    await em.flush();
  }
  // What the job has measured comes with its end, with the steps and times of its own.
  const measured = new Set((await em.find(Metric, { job: run.job.id })).map(({ key }) => key));
  const metrics = Object.entries(run.metrics)
    .filter(([key, value]) => !measured.has(key) && typeof value === 'number')
    .map(([key, value]) => ({ key, value, step: 0, at: run.endedAt ?? startedAt }));
  await logData(
    client,
    run.mlflowRunId,
    { params, tags: await runTags(run, datasetVersion.$, objects), metrics },
    signal,
  );
};
