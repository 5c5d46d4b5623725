import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';

export interface ReasonDialogProps {
  readonly title: string;
  readonly text: string;
  readonly submit: string;
  readonly busy: boolean;
  readonly error: unknown;
  onSubmit(reason: string): void;
  onClose(): void;
}

/** Asks why: whoever changes what serves says so, for those who come after. */
export function ReasonDialog({ title, text, submit, busy, error, onSubmit, onClose }: ReasonDialogProps) {
  const translate = useTranslate();
  const [reason, setReason] = useState('');
  const given = reason.trim() !== '';
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (given && !busy) onSubmit(reason.trim());
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="reason-title">
      <form onSubmit={send}>
        <DialogTitle id="reason-title">{title}</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>{text}</DialogContentText>
          {error ? <FailureNote error={error} /> : null}
          <TextField
            autoFocus
            multiline
            minRows={2}
            label={translate('models.reason')}
            helperText={translate('models.reason_hint')}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('models.keep')}</Button>
          <Button type="submit" variant="contained" disabled={!given || busy}>
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
