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
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import type { Job, JobDetails } from './job-resource.ts';

export interface CompareDialogProps {
  readonly job: JobDetails;
  onClose(): void;
}

/** Which of the last jobs of the same pipeline to lay beside this one. */
export function CompareDialog({ job, onClose }: CompareDialogProps) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const { data, error } = useGetList<Job>('jobs', {
    filter: { pipeline: job.pipeline },
    pagination: { page: 1, perPage: 50 },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  const others = data?.filter(({ id }) => id !== job.id);
  const choose = (id: string) => navigate(`/jobs/compare/${encodeURIComponent(job.id)}/${encodeURIComponent(id)}`);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="compare-title">
      <DialogTitle id="compare-title">{translate('jobs.compare.with')}</DialogTitle>
      <DialogContent>
        {error && <FailureNote error={error} />}
        {others?.length === 0 && translate('jobs.compare.none')}
        <List>
          {others?.map((other) => (
            <ListItemButton key={other.id} onClick={() => choose(other.id)}>
              <ListItemText
                primary={`${other.datasetVersion?.dataset.name ?? '—'} · ${translate(`display.status.${other.status}`)}`}
                secondary={<Moment at={other.createdAt} />}
              />
            </ListItemButton>
          ))}
        </List>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('jobs.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
