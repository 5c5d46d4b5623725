import { Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { type Failure, succeeded } from '../graphql/failure.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { refetchSoon } from '../live/refetch-soon.ts';
import { PresetFromSearch } from './search-documents.ts';

export interface PresetFromSearchDialogProps {
  readonly search: string;
  readonly rank: number;
  onClose(): void;
}

/** The parameters of a trial under a name. */
export function PresetFromSearchDialog({ search, rank, onClose }: PresetFromSearchDialogProps) {
  const translate = useTranslate();
  const ask = useAsk();
  const notify = useNotify();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation<unknown, Failure, string>({
    mutationFn: async (wanted) => succeeded((await ask(PresetFromSearch, { search, rank, name: wanted })).result),
    onSuccess: () => {
      refetchSoon(client, ['presets']);
      notify('clusterings.preset.done', { type: 'info' });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate(name.trim());
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="trial-preset-title">
      <form onSubmit={submit}>
        <DialogTitle id="trial-preset-title">{translate('searches.make_preset', { rank })}</DialogTitle>
        <DialogContent>
          {save.error && <FailureNote error={save.error} />}
          <TextField
            label={translate('clusterings.preset.name')}
            value={name}
            onChange={({ target }) => setName(target.value)}
            fullWidth
            autoFocus
            required
            margin="dense"
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{translate('clusterings.close')}</Button>
          <Button type="submit" variant="contained" disabled={name.trim() === '' || save.isPending}>
            {translate('clusterings.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
