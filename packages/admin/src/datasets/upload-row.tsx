import HideIcon from '@mui/icons-material/Close';
import { Alert, Box, Button, IconButton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { ShareBar } from '../display/share-bar.tsx';
import { useFollow } from '../live/live-data.tsx';
import { TableProgress } from './dataset-documents.ts';
import type { UploadState } from './uploads.tsx';

export interface UploadRowProps {
  readonly upload: UploadState;
  progress(key: string, share: number): void;
  stop(key: string): void;
  hide(key: string): void;
}

export function UploadRow({ upload, progress, stop, hide }: UploadRowProps) {
  const translate = useTranslate();
  const { key, fileName, phase, share, dataset, error } = upload;
  const underway = phase === 'sending' || phase === 'reading';
  useFollow(TableProgress, { upload: key }, underway ? key : undefined, ({ tableProgress }) =>
    progress(key, tableProgress.done),
  );
  return (
    <Box
      role="status"
      data-upload={phase}
      sx={{ display: 'flex', gap: 1.5, alignItems: 'center', mt: 1.5, flexWrap: 'wrap' }}
    >
      <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{fileName}</Typography>
      <Box sx={{ flex: 1, minWidth: 160 }}>
        {underway && <ShareBar share={share} label={`${fileName}: ${translate(`datasets.upload.${phase}`)}`} />}
        {error && <Alert severity="error">{error}</Alert>}
      </Box>
      {phase !== 'failed' && (
        <Typography variant="body2" color="textSecondary">
          {translate(`datasets.upload.${phase}`)}
        </Typography>
      )}
      {dataset && (
        <Button component={Link} to={`/datasets/${encodeURIComponent(dataset)}/show`} size="small">
          {translate('datasets.upload.open')}
        </Button>
      )}
      {underway ? (
        <Button size="small" onClick={() => stop(key)}>
          {translate('datasets.upload.stop')}
        </Button>
      ) : (
        <IconButton
          size="small"
          onClick={() => hide(key)}
          aria-label={`${translate('datasets.upload.hide')}: ${fileName}`}
        >
          <HideIcon fontSize="small" />
        </IconButton>
      )}
    </Box>
  );
}
