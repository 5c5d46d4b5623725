import CloseIcon from '@mui/icons-material/CloseOutlined';
import FullIcon from '@mui/icons-material/OpenInFullOutlined';
import {
  Box,
  Button,
  Dialog,
  DialogContent,
  DialogTitle,
  IconButton,
  Skeleton,
  Stack,
  Tooltip,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { FailureNote } from '../../display/failure-note.tsx';
import { Panel } from '../../display/panel.tsx';
import { useJobWords } from '../../jobs/job-words.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { fileUrl, hasFile } from '../show/job-files.ts';
import { useJsonFile } from '../show/use-json-file.ts';
import { PointsView } from './points-view.tsx';
import { ServerChart } from './server-chart.tsx';
import { subtitleOf } from './themed-option.ts';

/** Above so many rows the service puts points together for what is seen, instead of sending them all. */
const MOST_POINTS = 5000;
const HEIGHT = 360;

interface ChartPanelProps {
  readonly job: ClusteringDetails;
  readonly name: string;
}

/** One chart: to look at, to open in full size, to download. */
export function ChartPanel({ job, name }: ChartPanelProps) {
  const translate = useTranslate();
  const [full, setFull] = useState(false);
  const title = translate(`clusterings.chart.${name}`, { _: name });
  const actions = (
    <Stack direction="row" sx={{ alignItems: 'center' }}>
      {(['svg', 'png'] as const).map((kind) => (
        <Button
          key={kind}
          size="small"
          href={fileUrl(job, `chart.${name}.${kind}`)}
          download
          sx={{ minWidth: 0 }}
          aria-label={translate('clusterings.charts.download', { kind: kind.toUpperCase(), title })}
        >
          {kind.toUpperCase()}
        </Button>
      ))}
      <Tooltip title={translate('clusterings.charts.full')}>
        <IconButton
          size="small"
          onClick={() => setFull(true)}
          aria-label={translate('clusterings.charts.full_of', { title })}
        >
          <FullIcon fontSize="small" />
        </IconButton>
      </Tooltip>
    </Stack>
  );
  return (
    <Panel title={title} action={actions}>
      <Picture job={job} name={name} title={title} height={HEIGHT} />
      {full && (
        <Dialog open onClose={() => setFull(false)} fullScreen aria-labelledby="chart-title">
          <DialogTitle id="chart-title" sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between' }}>
            {title}
            <IconButton onClick={() => setFull(false)} aria-label={translate('clusterings.close')} autoFocus>
              <CloseIcon />
            </IconButton>
          </DialogTitle>
          <DialogContent>
            <Picture job={job} name={name} title={title} height="calc(100vh - 150px)" />
          </DialogContent>
        </Dialog>
      )}
    </Panel>
  );
}

interface PictureProps extends ChartPanelProps {
  readonly title: string;
  readonly height: number | string;
}

function Picture({ job, name, title, height }: PictureProps) {
  const many = (job.clustering?.rows ?? 0) > MOST_POINTS && hasFile(job, `points.${name}.bin`);
  if (many) return <PointsView job={job} chart={name} title={title} height={height} />;
  return <DrawnChart job={job} name={name} title={title} height={height} />;
}

function DrawnChart({ job, name, title, height }: PictureProps) {
  const { said } = useJobWords();
  const { data, error, refetch } = useJsonFile(job, `chart.${name}.json`);
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <Skeleton variant="rounded" height={height} />;
  return (
    <Box>
      <Typography variant="caption" color="textSecondary">
        {said(subtitleOf(data))}
      </Typography>
      <ServerChart option={data} title={title} height={height} />
    </Box>
  );
}
