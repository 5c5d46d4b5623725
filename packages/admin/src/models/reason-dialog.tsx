import { DialogContentText, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { FormDialog } from '../display/form-dialog.tsx';

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
  const send = () => {
    if (given && !busy) onSubmit(reason.trim());
  };
  return (
    <FormDialog
      title={title}
      submit={submit}
      keep={translate('models.keep')}
      disabled={!given || busy}
      onSubmit={send}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
