import type { ClusteringDetails } from '../clustering-resource.ts';

type Status = ClusteringDetails['stages'][number]['status'] | 'unknown';

/** Stages that are asked for by name, in their order, each with those that run along with it. */
export const STAGES = [
  { name: 'preprocess', along: [] },
  { name: 'feature_selection', along: [] },
  { name: 'dimensionality_reduction', along: [] },
  { name: 'clustering', along: ['risk'] },
  { name: 'metrics', along: [] },
  { name: 'visualization', along: ['report'] },
] as const;

export type StageName = (typeof STAGES)[number]['name'];

const isDone = (status: Status) => status === 'completed' || status === 'reused';

/** Of a stage and of those that run along with it: what is worst, or still to come. */
export function stateOf(job: ClusteringDetails, { name, along }: (typeof STAGES)[number]): Status {
  const runs = [name, ...along].map((each) => job.stages.find((run) => run.name === each)?.status ?? 'unknown');
  return (
    (['failed', 'running'] as const).find((status) => runs.includes(status)) ??
    runs.find((status) => !isDone(status)) ??
    runs[0] ??
    'unknown'
  );
}

/** The one that a job which waits would do next. */
export function nextStage(job: ClusteringDetails): StageName | undefined {
  if (job.status !== 'paused') return undefined;
  return STAGES.find((stage) => !isDone(stateOf(job, stage)))?.name;
}
