import { useGetList, useTranslate } from 'react-admin';
import { ChooseJobDialog } from '../../jobs/choose-job-dialog.tsx';
import type { Clustering } from '../clustering-resource.ts';
import { useMethodName } from '../method-name.ts';

export interface CompareDialogProps {
  readonly job: Pick<Clustering, 'id' | 'datasetVersion'>;
  onClose(): void;
}

/** Which other clustering to lay beside this one: those of the same data first. */
export function CompareDialog({ job, onClose }: CompareDialogProps) {
  const translate = useTranslate();
  const methodName = useMethodName();
  const { data, error } = useGetList<Clustering>('clusterings', {
    filter: { status: 'completed' },
    pagination: { page: 1, perPage: 50 },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  const dataOf = (one: Pick<Clustering, 'datasetVersion'>) => one.datasetVersion?.dataset.id;
  const others = data
    ?.filter(({ id }) => id !== job.id)
    .toSorted((a, b) => Number(dataOf(b) === dataOf(job)) - Number(dataOf(a) === dataOf(job)));
  const nameOf = ({ datasetVersion, clustering }: Clustering) =>
    [
      datasetVersion?.dataset.name ?? '—',
      methodName(clustering?.method ?? ''),
      translate('clusterings.clusters', { smart_count: clustering?.clusters ?? 0 }),
    ].join(' · ');
  return (
    <ChooseJobDialog
      job={job.id}
      none={translate('clusterings.compare.none')}
      place="clusterings"
      {...{ others, error, nameOf, onClose }}
    />
  );
}
