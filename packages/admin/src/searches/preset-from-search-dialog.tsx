import { TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { FormDialog } from '../display/form-dialog.tsx';
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
  const submit = () => {
    if (name.trim() !== '') save.mutate(name.trim());
  };
  return (
    <FormDialog
      title={translate('searches.make_preset', { rank })}
      submit={translate('clusterings.save')}
      keep={translate('clusterings.close')}
      disabled={name.trim() === '' || save.isPending}
      maxWidth="xs"
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
