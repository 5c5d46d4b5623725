import { type DomainEvent, event } from '../events/events.ts';
import type { Job } from './job.entity.ts';

/** The job's state as the event that tells of it. */
export function jobUpdated(job: Job): DomainEvent {
  return event('jobUpdated', {
    jobId: job.id,
    status: job.status,
    outcome: job.outcome ?? null,
    progress: job.progress,
    message: job.message,
    etaSeconds: job.etaSeconds ?? null,
    datasetVersionId: job.datasetVersion?.id ?? null,
  });
}
