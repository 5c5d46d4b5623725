import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Typography } from '@mui/material';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { UploadRow } from './upload-row.tsx';
import { useUploads } from './uploads.tsx';

/** By name: browsers give CSV files the type of whatever opens them. */
const TABLE = /\.(csv|tsv|txt)$/i;

export interface DropZoneProps {
  /** The data set that gets the file as its newest version. */
  readonly replaced?: string;
  readonly onDone?: (dataset: string) => void;
}

/** Where files are dropped or chosen, and how far those are. */
export function DropZone({ replaced, onDone }: DropZoneProps) {
  const translate = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { uploads, send, progress, stop, hide, refuse } = useUploads(replaced, onDone);

  const take = async (files: Iterable<File>) => {
    for (const file of files) {
      if (TABLE.test(file.name)) await send(file);
      else refuse(file.name, translate('datasets.upload.not_csv', { name: file.name }));
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };

  return (
    <Box
      component="section"
      aria-label={translate('datasets.upload.uploads')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        border: '2px dashed',
        borderColor: over ? 'primary.main' : 'divider',
        borderRadius: 2,
        p: 2,
        bgcolor: over ? 'action.hover' : 'transparent',
        transition: 'border-color .15s',
      }}
    >
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', justifyContent: 'center', flexWrap: 'wrap' }}>
        <UploadIcon color="action" />
        <Typography color="textSecondary">
          {translate(over ? 'datasets.upload.release' : replaced ? 'datasets.replace' : 'datasets.upload.drop')}
        </Typography>
        <Button variant="outlined" onClick={() => input.current?.click()}>
          {translate('datasets.upload.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          multiple={!replaced}
          hidden
          aria-label={translate('datasets.upload.choose')}
          onChange={({ target }) => {
            void take([...(target.files ?? [])]);
            target.value = '';
          }}
        />
      </Box>
      {uploads.map((upload) => (
        <UploadRow key={upload.key} {...{ upload, progress, stop, hide }} />
      ))}
    </Box>
  );
}
