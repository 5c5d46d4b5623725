/** A clustering job as REST shows it, and the part of GraphQL documents that brings it. */

import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import type { Address } from '../../route.ts';
import { globalIdOf } from '../global-id.ts';

export const JOB_FIELDS = `uuid status progress message etaSeconds createdAt finishedAt parameters seed error { code message }
  datasetVersion { dataset { uuid name } } stages { name status progress summary artifacts { name } }`;

interface StageAnswer {
  readonly name: string;
  readonly status: string;
  readonly progress: number;
  readonly summary: Record<string, unknown> | null;
  readonly artifacts: readonly { readonly name: string }[];
}

interface Chosen {
  readonly method: string;
  readonly params: Record<string, unknown>;
}

export interface JobAnswer {
  readonly uuid: string;
  readonly status: string;
  readonly progress: number;
  readonly message: string;
  readonly etaSeconds: number | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly seed: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly parameters: Record<string, unknown> & {
    readonly preprocessing: Record<string, unknown>;
    readonly feature_selection: Chosen;
    readonly dimensionality_reduction: Chosen;
    readonly clustering: Chosen;
  };
  readonly datasetVersion: { readonly dataset: { readonly uuid: string; readonly name: string } } | null;
  readonly stages: readonly StageAnswer[];
}

/** The stages that REST runs by name, in their order. */
export const STAGES = [
  'preprocess',
  'feature_selection',
  'dimensionality_reduction',
  'clustering',
  'metrics',
  'visualization',
] as const;

const flags = {
  preprocessing_completed: z.boolean(),
  feature_selection_completed: z.boolean(),
  dimensionality_reduction_completed: z.boolean(),
  clustering_completed: z.boolean(),
  metrics_completed: z.boolean(),
  visualization_completed: z.boolean(),
};

export const jobBody = z
  .object({
    id: z.uuid(),
    dataset: z.uuid().nullable(),
    dataset_name: z.string(),
    status: z.enum(['Pending', 'Processing', 'Completed', 'Failed']),
    created_at: z.iso.datetime(),
    completed_at: z.iso.datetime().nullable(),
    result_file: z.string().nullable(),
    result_file_url: z.url().nullable(),
    parameters: z.record(z.string(), z.unknown()),
    metrics: z.record(z.string(), z.unknown()).meta({ description: 'Value, definition and rows of each measure.' }),
    visualizations: z.array(z.url()).meta({ description: 'Pictures (PNG).' }),
    interactive: z.array(z.url()).meta({ description: 'Pages of the charts that one can zoom into.' }),
    intermediate_files: z.array(z.url()).meta({ description: 'CSV files of the stages.' }),
    ...flags,
    progress: z.number().min(0).max(1),
    eta_seconds: z.number().nullable().meta({ description: 'Seconds to go, while it runs and that is known.' }),
    error: z.string().nullable(),
    running: z.boolean().meta({ description: 'A stage runs or waits for a worker.' }),
    seed: z.int(),
    stages: z.array(z.object({ name: z.string(), status: z.string(), progress: z.number(), summary: z.unknown() })),
  })
  .meta({ id: 'ClusteringJob' });

export const jobId = (uuid: string): string => globalIdOf('Job', uuid);

const isDone = ({ status }: StageAnswer) => status === 'completed' || status === 'reused';

function statusOf({ status, stages }: JobAnswer): z.output<typeof jobBody>['status'] {
  if (status === 'completed') return 'Completed';
  if (status === 'failed' || status === 'cancelled') return 'Failed';
  return status === 'running' || stages.some(isDone) ? 'Processing' : 'Pending';
}

/** Parameters in the flat form that requests have. */
export function flatParameters({
  feature_selection,
  dimensionality_reduction,
  clustering,
  ...others
}: Record<string, unknown>): Record<string, unknown> {
  const flat = (chosen: unknown, method: string, own: string) => {
    const found = chosen as Chosen | undefined;
    return found === undefined ? {} : { [method]: found.method, [own]: found.params };
  };
  return {
    ...others,
    ...flat(feature_selection, 'feature_selection_method', 'feature_selection'),
    ...flat(dimensionality_reduction, 'dimensionality_reduction_method', 'dimensionality_reduction'),
    ...flat(clustering, 'clustering_algorithm', 'clustering'),
  };
}

export function jobJson(job: JobAnswer, { origin }: Pick<Address, 'origin'>): z.output<typeof jobBody> {
  const base = `/api/clustering-jobs/${job.uuid}`;
  const files = job.stages.filter(isDone).flatMap(({ artifacts }) => artifacts.map(({ name }) => name));
  const url = (name: string) => `${origin}${base}/files/${name}/`;
  const done = (name: string) => job.stages.some((stage) => stage.name === name && isDone(stage));
  const result = files.includes('result.csv') ? `${base}/files/result.csv/` : null;
  const dataset = job.datasetVersion?.dataset;
  return {
    id: job.uuid,
    dataset: dataset?.uuid ?? null,
    dataset_name: dataset?.name ?? '',
    status: statusOf(job),
    created_at: new Date(job.createdAt).toISOString(),
    completed_at: job.finishedAt === null ? null : new Date(job.finishedAt).toISOString(),
    result_file: result,
    result_file_url: result === null ? null : origin + result,
    parameters: flatParameters(job.parameters),
    metrics: job.stages.find(({ name }) => name === 'metrics')?.summary ?? {},
    visualizations: files.filter((name) => name.startsWith('chart.') && name.endsWith('.png')).map(url),
    interactive: files
      .filter((name) => name.startsWith('points.'))
      .map((name) => `${origin}/points?job=${job.uuid}&chart=${name.split('.')[1]}`),
    intermediate_files: files.filter((name) => name.endsWith('.csv') && name !== 'result.csv').map(url),
    preprocessing_completed: done('preprocess'),
    feature_selection_completed: done('feature_selection'),
    dimensionality_reduction_completed: done('dimensionality_reduction'),
    clustering_completed: done('clustering'),
    metrics_completed: done('metrics'),
    visualization_completed: done('visualization'),
    progress: job.progress,
    eta_seconds: job.etaSeconds,
    error: job.status === 'cancelled' ? 'The job was cancelled' : (job.error?.message ?? null),
    running: job.status === 'pending' || job.status === 'running',
    seed: job.seed,
    stages: job.stages.map(({ name, status, progress, summary }) => ({ name, status, progress, summary })),
  };
}

export const JOB_NOT_FOUND = { 404: 'there is no such job' };

/** What a job's state does not allow is the caller's mistake here: 400 with the reason. */
export async function asBadRequest<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RestError && error.code === 'INVALID_STATE') {
      throw new RestError('INVALID_INPUT', error.message, error.details);
    }
    throw error;
  }
}
