import { useGetList, useTranslate } from 'react-admin';
import { ChooseJobDialog } from './choose-job-dialog.tsx';
import type { Job, JobDetails } from './job-resource.ts';

export interface CompareDialogProps {
  readonly job: JobDetails;
  onClose(): void;
}

/** Which of the last jobs of the same pipeline to lay beside this one. */
export function CompareDialog({ job, onClose }: CompareDialogProps) {
  const translate = useTranslate();
  const { data, error } = useGetList<Job>('jobs', {
    filter: { pipeline: job.pipeline },
    pagination: { page: 1, perPage: 50 },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  const nameOf = ({ datasetVersion, status }: Job) =>
    `${datasetVersion?.dataset.name ?? '—'} · ${translate(`display.status.${status}`)}`;
  return (
    <ChooseJobDialog
      job={job.id}
      others={data?.filter(({ id }) => id !== job.id)}
      none={translate('jobs.compare.none')}
      place="jobs"
      {...{ error, nameOf, onClose }}
    />
  );
}
