import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { Alert, Box, Button, Card, Stack, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Moment } from '../../display/moment.tsx';
import { bytes, number } from '../../display/numbers.ts';
import { ShareBar } from '../../display/share-bar.tsx';
import { StatusChip } from '../../display/status-chip.tsx';
import { SizesBar } from '../show/sizes-bar.tsx';
import { type Labelling, summaryOf } from './label-summary.ts';

const FILE = 'labelled.csv';

/** The labelling of one table: how far it is, then how many rows of it fell into each cluster, and the file. */
export function LabellingCard({ labelling }: { readonly labelling: Labelling }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { id, uuid, status, progress, message, etaSeconds, createdAt, error, datasetVersion, stages } = labelling;
  const summary = summaryOf(labelling);
  const file = stages.flatMap(({ artifacts }) => artifacts).find(({ name }) => name === FILE);
  const name = datasetVersion?.dataset.name ?? '—';
  return (
    <Card component="article" data-labelling={name} sx={{ p: 2, minWidth: 0 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mb: 1 }}>
        <Typography variant="h6" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        <StatusChip status={status} />
        <Typography variant="body2" color="textSecondary" sx={{ flex: 1 }}>
          {summary &&
            `${translate('labels.rows', { smart_count: summary.rows, count: number(summary.rows, locale) })} · `}
          <Moment at={createdAt} />
        </Typography>
        <Button component={Link} to={`/jobs/${encodeURIComponent(id)}/show`}>
          {translate('labels.to_job')}
        </Button>
        {file && (
          <Button
            variant="outlined"
            startIcon={<DownloadIcon />}
            href={`/api/label-jobs/${uuid}/files/${FILE}/`}
            download
          >
            {translate('labels.download')} ({bytes(file.bytes, locale)})
          </Button>
        )}
      </Stack>
      {(status === 'running' || status === 'pending') && (
        <Box>
          <ShareBar share={progress} label={message || name} etaSeconds={etaSeconds} />
          <Typography variant="body2" color="textSecondary" role="status">
            {message}
          </Typography>
        </Box>
      )}
      {error && <Alert severity="error">{translate('jobs.failed', { message: error.message })}</Alert>}
      {summary && <SizesBar sizes={summary.sizes} />}
    </Card>
  );
}
