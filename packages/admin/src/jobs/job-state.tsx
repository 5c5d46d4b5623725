import { useTranslate } from 'react-admin';
import { ShareBar } from '../display/share-bar.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import type { Job } from './job-resource.ts';

type State = Pick<Job, 'status' | 'progress' | 'etaSeconds'>;

export function JobShare({ job }: { readonly job: State }) {
  const translate = useTranslate();
  return (
    <ShareBar share={job.progress} label={translate('resources.jobs.fields.progress')} etaSeconds={job.etaSeconds} />
  );
}

/** What is up with it: how far it is, or how it ended. */
export function JobState({ job }: { readonly job: State }) {
  return job.status === 'running' ? <JobShare job={job} /> : <StatusChip status={job.status} />;
}
