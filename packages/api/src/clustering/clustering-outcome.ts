/** What a clustering job came to, in the few numbers that a list of them tells. */
import { z } from 'zod';
import { CLUSTERING } from '../datasets/dataset.entity.ts';
import type { GraphqlContext } from '../graphql/context.ts';
import { askTogether } from '../graphql/find-together.ts';
import type { Job } from '../jobs/job.entity.ts';
import { StageRun } from '../jobs/stage-run.entity.ts';
import { requestName } from './methods.ts';

export interface ClusteringOutcome {
  /** As requests write it. */
  readonly method: string;
  /** Null of what is not known yet. */
  readonly clusters: number | null;
  /** Rows in no cluster. */
  readonly noise: number | null;
  /** Rows that were clustered. */
  readonly rows: number | null;
  readonly silhouette: number | null;
}

const chosen = z.object({ clustering: z.object({ method: z.string() }) });
const found = z.object({ clusters: z.int(), noise: z.int(), sizes: z.array(z.object({ rows: z.int() })) });
const measured = z.object({ silhouette: z.object({ value: z.number().nullable() }) });

/** Null for a job of another pipeline. */
export async function clusteringOutcome(context: GraphqlContext, job: Job): Promise<ClusteringOutcome | null> {
  if (job.pipeline !== CLUSTERING) return null;
  const runs = await askTogether(context, clusteringOutcome, job.id, async ({ database }, jobs) => {
    const stages = { job: { $in: [...jobs] }, name: { $in: ['clustering', 'metrics'] } };
    return Map.groupBy(await database.fork().find(StageRun, stages), (run) => run.job.id);
  });
  const summaryOf = (stage: string) => runs?.find(({ name }) => name === stage)?.summary;
  const clusters = found.safeParse(summaryOf('clustering')).data;
  const metrics = measured.safeParse(summaryOf('metrics')).data;
  return {
    method: requestName(chosen.safeParse(job.params).data?.clustering.method ?? ''),
    clusters: clusters?.clusters ?? null,
    noise: clusters?.noise ?? null,
    rows: clusters?.sizes.reduce((sum, { rows }) => sum + rows, 0) ?? null,
    silhouette: metrics?.silhouette.value ?? null,
  };
}
