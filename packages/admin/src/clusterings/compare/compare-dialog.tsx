import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  List,
  ListItemButton,
  ListItemText,
} from '@mui/material';
import { useGetList, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { FailureNote } from '../../display/failure-note.tsx';
import { Moment } from '../../display/moment.tsx';
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
  const navigate = useNavigate();
  const { data, error } = useGetList<Clustering>('clusterings', {
    filter: { status: 'completed' },
    pagination: { page: 1, perPage: 50 },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  const dataOf = (one: Pick<Clustering, 'datasetVersion'>) => one.datasetVersion?.dataset.id;
  const others = data
    ?.filter(({ id }) => id !== job.id)
    .toSorted((a, b) => Number(dataOf(b) === dataOf(job)) - Number(dataOf(a) === dataOf(job)));
  const choose = (id: string) =>
    navigate(`/clusterings/compare/${encodeURIComponent(job.id)}/${encodeURIComponent(id)}`);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="compare-title">
      <DialogTitle id="compare-title">{translate('jobs.compare.with')}</DialogTitle>
      <DialogContent>
        {error && <FailureNote error={error} />}
        {others?.length === 0 && translate('clusterings.compare.none')}
        <List>
          {others?.map((other) => (
            <ListItemButton key={other.id} onClick={() => choose(other.id)}>
              <ListItemText
                primary={[
                  other.datasetVersion?.dataset.name ?? '—',
                  methodName(other.clustering?.method ?? ''),
                  translate('clusterings.clusters', { smart_count: other.clustering?.clusters ?? 0 }),
                ].join(' · ')}
                secondary={<Moment at={other.createdAt} />}
              />
            </ListItemButton>
          ))}
        </List>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('clusterings.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
