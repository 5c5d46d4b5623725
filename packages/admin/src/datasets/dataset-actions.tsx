import ClusterIcon from '@mui/icons-material/BubbleChartOutlined';
import RenameIcon from '@mui/icons-material/DriveFileRenameOutline';
import { Button, Stack, TextField } from '@mui/material';
import { useState } from 'react';
import { DeleteButton, RecordContextProvider, useNotify, useTranslate, useUpdate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useMay } from '../access/use-me.tsx';
import { WHOLE } from '../data/whole-record.ts';
import { useFailureText } from '../display/failure-note.tsx';
import { FormDialog } from '../display/form-dialog.tsx';
import type { DatasetDetails } from './dataset-resource.ts';

/** Both are shown as done at once and can be undone for some seconds, before the server hears of them. */
export function DatasetActions({ dataset }: { readonly dataset: DatasetDetails }) {
  const translate = useTranslate();
  const [renaming, setRenaming] = useState(false);
  const mayRename = useMay('renameDataset');
  const mayDelete = useMay('deleteDataset');
  const mayCluster = useMay('createClusteringJob');
  return (
    <RecordContextProvider value={dataset}>
      <Stack direction="row" sx={{ gap: 1, justifyContent: 'flex-end', flexWrap: 'wrap' }}>
        {mayCluster && dataset.table && (
          <Button
            startIcon={<ClusterIcon />}
            component={Link}
            to={`/clusterings/create?dataset=${encodeURIComponent(dataset.id)}`}
          >
            {translate('datasets.cluster')}
          </Button>
        )}
        {mayRename && (
          <Button startIcon={<RenameIcon />} onClick={() => setRenaming(true)}>
            {translate('datasets.rename.label')}
          </Button>
        )}
        {mayDelete && dataset.table && (
          <DeleteButton
            resource="datasets"
            mutationMode="undoable"
            redirect="list"
            label="datasets.remove.label"
            successMessage="datasets.remove.done"
          />
        )}
      </Stack>
      {renaming && <RenameDialog dataset={dataset} onClose={() => setRenaming(false)} />}
    </RecordContextProvider>
  );
}

interface RenameDialogProps {
  readonly dataset: DatasetDetails;
  onClose(): void;
}

function RenameDialog({ dataset, onClose }: RenameDialogProps) {
  const translate = useTranslate();
  const notify = useNotify();
  const failureText = useFailureText();
  const [name, setName] = useState(dataset.name);
  const [update] = useUpdate('datasets', undefined, {
    mutationMode: 'undoable',
    onSuccess: () => notify('datasets.rename.done', { type: 'info', undoable: true }),
    onError: (error) => notify(failureText(error), { type: 'error' }),
  });
  const submit = () => {
    const wanted = name.trim();
    if (wanted === '' || wanted === dataset.name) return onClose();
    void update('datasets', { id: dataset.id, data: { name: wanted }, previousData: dataset, meta: WHOLE });
    onClose();
  };
  return (
    <FormDialog
      title={translate('datasets.rename.title')}
      submit={translate('datasets.rename.save')}
      keep={translate('datasets.rename.keep')}
      maxWidth="xs"
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={translate('resources.datasets.fields.name')}
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
