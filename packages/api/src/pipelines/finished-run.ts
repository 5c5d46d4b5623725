import type { Em } from '../db/orm.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { Metric } from '../metrics/metric.entity.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { StageOutcome } from './compute-protocol.ts';
import type { MetricPoint } from './pipeline.ts';

/**
 * A finished run of the same key, of this job or any other, whose outputs are still there. Its result is this stage's
 * result: that is both resuming after a crash and not computing again what did not change.
 */
export async function findFinishedRun(
  em: Em,
  store: ObjectStore,
  key: string,
): Promise<{ outcome: StageOutcome; metrics: MetricPoint[] } | undefined> {
  const [run] = await em.find(
    StageRun,
    { key, status: { $in: ['completed', 'reused'] } },
    { orderBy: { finishedAt: 'desc' }, limit: 1 },
  );
  if (!run) return undefined;
  // Retention may have removed them.
  const there = await Promise.all(run.outputs.map((output) => store.has(output.key)));
  if (there.includes(false)) return undefined;
  return {
    outcome: { outputs: run.outputs, result: { summary: run.summary ?? {}, stop: run.stop, skip: run.skips } },
    metrics: await stageMetrics(em, run),
  };
}

/** What a finished stage has measured, in the order in which it did. */
export async function stageMetrics(em: Em, run: StageRun): Promise<MetricPoint[]> {
  const metrics = await em.find(Metric, { job: run.job.id, stage: run.name }, { orderBy: { id: 'asc' } });
  return metrics.map(({ key, value, step }) => ({ key, value, step }));
}
