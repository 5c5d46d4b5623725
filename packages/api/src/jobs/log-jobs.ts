import type { Core } from '../core.ts';

/** A line for each job that ends in this process, inside the job's trace. @returns the call that ends it. */
export function logJobs({ events, runner, logger }: Core): () => void {
  return events.subscribe('jobUpdated', ({ jobId, status, outcome, datasetVersionId }) => {
    if (status === 'pending' || status === 'running' || !runner.runs(jobId)) return;
    logger.info({ job: jobId, status, outcome, dataset_version: datasetVersionId }, `job ${status}`);
  });
}
