import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Autocomplete, Button, Collapse, Stack, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetList, useLocaleState, useTranslate } from 'react-admin';
import { useMay } from '../../access/use-me.tsx';
import type { Dataset } from '../../datasets/dataset-resource.ts';
import { DropZone } from '../../datasets/drop-zone.tsx';
import { FailureNote } from '../../display/failure-note.tsx';
import { number } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';

export interface DataSectionProps {
  readonly dataset: string | undefined;
  onChange(dataset: string | undefined): void;
  readonly children?: React.ReactNode;
}

/** Which table; one that is not there yet is uploaded from here. */
export function DataSection({ dataset, onChange, children }: DataSectionProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const mayUpload = useMay('uploadTable');
  const [uploading, setUploading] = useState(false);
  const { data, error, isPending } = useGetList<Dataset>('datasets', {
    filter: { kind: 'clustering' },
    pagination: { page: 1, perPage: 100 },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  const tables = (data ?? []).filter(({ table }) => table !== null);
  const none = !isPending && tables.length === 0;
  return (
    <Panel title={translate('clusterings.create.data')}>
      <Stack spacing={2}>
        {error && <FailureNote error={error} />}
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'flex-start', pt: 1 }}>
          <Autocomplete
            options={tables}
            value={tables.find(({ id }) => id === dataset) ?? null}
            getOptionLabel={({ name }) => name}
            getOptionKey={({ id }) => id}
            isOptionEqualToValue={(one, other) => one.id === other.id}
            onChange={(_event, chosen) => onChange(chosen?.id)}
            noOptionsText={translate('clusterings.create.no_tables')}
            sx={{ flex: '1 1 260px', maxWidth: 520 }}
            renderOption={({ key, ...props }, option) => (
              <li key={key} {...props}>
                <Stack sx={{ minWidth: 0 }}>
                  <span>{option.name}</span>
                  <Typography variant="caption" color="textSecondary">
                    {option.table?.fileName} · {number(option.table?.rows ?? 0, locale)}{' '}
                    {translate('resources.datasets.fields.rows').toLowerCase()}
                  </Typography>
                </Stack>
              </li>
            )}
            renderInput={(params) => <TextField {...params} label={translate('clusterings.create.dataset')} />}
          />
          {mayUpload && (
            <Button
              startIcon={<UploadIcon />}
              onClick={() => setUploading(!uploading)}
              aria-expanded={uploading || none}
            >
              {translate('clusterings.create.upload')}
            </Button>
          )}
        </Stack>
        {mayUpload && (
          <Collapse in={uploading || none} unmountOnExit>
            <DropZone
              onDone={(made) => {
                onChange(made);
                setUploading(false);
              }}
            />
          </Collapse>
        )}
        {children}
      </Stack>
    </Panel>
  );
}
