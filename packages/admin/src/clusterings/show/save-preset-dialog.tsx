import { DialogContentText, Stack, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { FormDialog } from '../../display/form-dialog.tsx';
import { type Failure, succeeded } from '../../graphql/failure.ts';
import type { Variables } from '../../graphql/graphql.ts';
import { useAsk } from '../../graphql/use-ask.tsx';
import { refetchSoon } from '../../live/refetch-soon.ts';
import { SavePreset } from '../../presets/preset-documents.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';

export interface SavePresetDialogProps {
  readonly job: Pick<ClusteringDetails, 'parameters' | 'datasetVersion'>;
  onClose(): void;
}

/** The parameters of a job under a name, to begin others with. */
export function SavePresetDialog({ job, onClose }: SavePresetDialogProps) {
  const translate = useTranslate();
  const notify = useNotify();
  const ask = useAsk();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const save = useMutation<unknown, Failure, Variables<typeof SavePreset>>({
    mutationFn: async (variables) => succeeded((await ask(SavePreset, variables)).result),
    onSuccess: () => {
      refetchSoon(client, ['presets']);
      notify('clusterings.preset.done', { type: 'info' });
      onClose();
    },
  });
  const submit = () => {
    if (name.trim() !== '')
      save.mutate({ pipeline: 'clustering', name: name.trim(), description, params: job.parameters });
  };
  return (
    <FormDialog
      title={translate('clusterings.preset.label')}
      submit={translate('clusterings.save')}
      keep={translate('clusterings.keep')}
      disabled={name.trim() === '' || save.isPending}
      maxWidth="xs"
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack spacing={2}>
        <DialogContentText>{translate('clusterings.preset.about')}</DialogContentText>
        {save.error && <FailureNote error={save.error} />}
        <TextField
          label={translate('clusterings.preset.name')}
          value={name}
          onChange={({ target }) => setName(target.value)}
          autoFocus
          required
        />
        <TextField
          label={translate('clusterings.preset.description')}
          value={description}
          onChange={({ target }) => setDescription(target.value)}
          multiline
          minRows={2}
        />
      </Stack>
    </FormDialog>
  );
}
