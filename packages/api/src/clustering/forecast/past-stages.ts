/** What stages of this installation have taken, beside what the models say of them. */
import { MlError } from '@kindred/ml/errors.ts';
import { quantile } from '@kindred/ml/preprocessing/quantile.ts';
import type { Core } from '../../core.ts';
import { CLUSTERING } from '../../datasets/dataset.entity.ts';
import { DomainError } from '../../errors.ts';
import type { Job } from '../../jobs/job.entity.ts';
import { StageRun } from '../../jobs/stage-run.entity.ts';
import { UploadedTable } from '../../uploads/uploaded-table.entity.ts';
import { clusteringParams } from '../clustering-params.ts';
import { type Forecast, forecastStages } from './forecast.ts';

/** Runs of a method that count, the newest. */
const MOST_RUNS = 20;
/** Runs of stages that are looked through for them. */
const MOST_LOOKED_AT = 400;
/** Fewer tell nothing. */
const LEAST_RUNS = 3;

/** How many times as long as the model says the runs of a stage with a method took; and between which nearly all lie. */
export interface Pace {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

export const paceKey = (stage: string, method: string | null): string => `${stage} ${method ?? ''}`;

/** Of each stage and method that ran often enough here. Reused stages and those that were tried again tell nothing. */
export async function pastPaces(core: Core): Promise<ReadonlyMap<string, Pace>> {
  const em = core.database.fork();
  const runs = await em.find(
    StageRun,
    { job: { pipeline: CLUSTERING }, status: 'completed', attempt: { $lte: 1 }, finishedAt: { $ne: null } },
    { orderBy: { finishedAt: 'desc' }, limit: MOST_LOOKED_AT, populate: ['job'] },
  );
  const versions = [...new Set(runs.map((run) => run.job.getEntity().datasetVersion?.id ?? ''))].filter(Boolean);
  const tables = await em.find(UploadedTable, { datasetVersion: { $in: versions } });
  const models = new Map<string, Forecast['stages']>();
  const ratios = new Map<string, number[]>();
  for (const { job: ref, name, startedAt, finishedAt } of runs) {
    const job = ref.getEntity();
    const table = tables.find((one) => one.datasetVersion.id === job.datasetVersion?.id);
    if (!table || !startedAt || !finishedAt) continue;
    const model = models.get(job.id) ?? modelOf(table, job);
    models.set(job.id, model);
    const stage = model.find((one) => one.stage === name);
    if (!stage) continue;
    const key = paceKey(name, stage.method);
    const own = ratios.get(key) ?? [];
    if (own.length < MOST_RUNS) own.push((finishedAt.getTime() - startedAt.getTime()) / 1000 / stage.seconds);
    ratios.set(key, own);
  }
  return new Map([...ratios].flatMap(([key, own]) => (own.length < LEAST_RUNS ? [] : [[key, paceOf(own)] as const])));
}

/** Nothing of a job whose parameters are those of an older version. */
function modelOf(table: UploadedTable, { params, seed }: Job): Forecast['stages'] {
  const parsed = clusteringParams.safeParse(params);
  if (!parsed.success) return [];
  try {
    return forecastStages(table, parsed.data, seed, Number.POSITIVE_INFINITY).stages;
  } catch (error) {
    if (error instanceof DomainError || error instanceof MlError) return [];
    throw error;
  }
}

function paceOf(ratios: readonly number[]): Pace {
  const sorted = Float64Array.from(ratios).sort();
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.1),
    high: quantile(sorted, 0.9),
    runs: sorted.length,
  };
}
