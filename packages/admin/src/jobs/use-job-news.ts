import { useQueryClient } from '@tanstack/react-query';
import { useFollow } from '../live/live-data.tsx';
import { patchRecords } from '../live/patch-records.ts';
import { JOB_KINDS, refetchSoon } from '../live/refetch-soon.ts';
import { JobStageProgress } from './job-documents.ts';
import type { JobDetails } from './job-resource.ts';

const OVER = new Set(['completed', 'failed', 'cancelled']);

/** Keeps the stages of a job as they are while it is looked at. The job itself comes with the news that the whole console follows. */
export function useJobNews(job: JobDetails): void {
  const client = useQueryClient();
  useFollow(JobStageProgress, { job: job.id }, OVER.has(job.status) ? undefined : job.id, ({ stageProgress }) => {
    const { stage, ...news } = stageProgress;
    const known = job.stages.find(({ name }) => name === stage);
    if (known) patchRecords(client, { id: known.id, ...news });
    // What an ended stage leaves (times, files, summary) is no part of the news, and a stage unseen is not in the list yet.
    if (!known || news.status !== 'running' || known.status !== 'running') refetchSoon(client, JOB_KINDS);
  });
}
