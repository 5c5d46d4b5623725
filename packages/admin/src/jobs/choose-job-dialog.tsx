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
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';

export interface ChooseJobDialogProps<T> {
  /** The job that another one is laid beside. */
  readonly job: string;
  /** Undefined until they are there. */
  readonly others: readonly T[] | undefined;
  readonly error: unknown;
  /** Instead of no others. */
  readonly none: string;
  /** Where the pages of such jobs are: `/<place>/compare/<first>/<second>`. */
  readonly place: string;
  nameOf(other: T): string;
  onClose(): void;
}

/** Which job to lay beside this one. */
export function ChooseJobDialog<T extends { readonly id: string; readonly createdAt: string }>(
  props: ChooseJobDialogProps<T>,
) {
  const { job, others, error, none, place, nameOf, onClose } = props;
  const translate = useTranslate();
  const navigate = useNavigate();
  const id = useId();
  const choose = (other: T) => navigate(`/${place}/compare/${encodeURIComponent(job)}/${encodeURIComponent(other.id)}`);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{translate('jobs.compare.with')}</DialogTitle>
      <DialogContent>
        {error ? <FailureNote error={error} /> : null}
        {others?.length === 0 && none}
        <List>
          {others?.map((other) => (
            <ListItemButton key={other.id} onClick={() => choose(other)}>
              <ListItemText primary={nameOf(other)} secondary={<Moment at={other.createdAt} />} />
            </ListItemButton>
          ))}
        </List>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('display.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
