import CancelIcon from '@mui/icons-material/StopCircleOutlined';
import AgainIcon from '@mui/icons-material/TuneOutlined';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { ShowBase, Title, useShowContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { May, useMay } from '../access/use-me.tsx';
import { WHOLE } from '../data/whole-record.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { CancelJob } from '../jobs/job-documents.ts';
import { JobMetricsPanel } from '../jobs/job-metrics.tsx';
import { useJobDoing, useJobWords } from '../jobs/job-words.ts';
import { ParameterTable } from '../jobs/parameter-table.tsx';
import { useJobAction } from '../jobs/use-job-action.ts';
import { useJobNews } from '../jobs/use-job-news.ts';
import { Leaderboard } from './leaderboard.tsx';
import type { SearchDetails } from './search-resource.ts';
import { TriedBoard } from './tried-board.tsx';

export default function SearchShow() {
  return (
    <ShowBase queryOptions={{ meta: WHOLE }}>
      <SearchPage />
    </ShowBase>
  );
}

function SearchPage() {
  const { record, error, isPending, refetch } = useShowContext<SearchDetails>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !record) return <PageLoading />;
  return <SearchView job={record} />;
}

/** A search: how far it is and the best score so far, live; then what it found, the best first. */
function SearchView({ job }: { readonly job: SearchDetails }) {
  const translate = useTranslate();
  const mayCancel = useMay('cancelJob');
  const cancel = useJobAction(CancelJob, 'jobs.cancel.done');
  const jobDoing = useJobDoing();
  const { said, failure } = useJobWords();
  const running = job.stages.find(({ status }) => status === 'running');
  useJobNews(job);
  const title = translate('searches.title', { data: job.datasetVersion?.dataset.name ?? '—' });
  const underway = job.status === 'running' || job.status === 'pending';
  const found = job.stages.some(({ artifacts }) => artifacts.some(({ name }) => name === 'leaderboard.json'));
  return (
    <Stack spacing={2} sx={{ mt: 2, minWidth: 0 }}>
      <Title title={title} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <StatusChip status={job.status} />
        <Typography variant="h5" component="h2">
          {title}
        </Typography>
        <Box sx={{ flex: 1 }} />
        {underway && mayCancel && (
          <Button
            startIcon={<CancelIcon />}
            color="error"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate({ id: job.id })}
          >
            {translate('jobs.cancel.label')}
          </Button>
        )}
        <May mutation="createClusteringSearch">
          <Button startIcon={<AgainIcon />} component={Link} to={`/searches/create?from=${encodeURIComponent(job.id)}`}>
            {translate('searches.again')}
          </Button>
        </May>
      </Stack>
      {job.status === 'running' && (
        <Panel title={translate('searches.underway')}>
          <ShareBar share={job.progress} label={title} etaSeconds={job.etaSeconds} />
          <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }} role="status">
            {running ? said(running.message) : jobDoing(job.message)}
          </Typography>
        </Panel>
      )}
      {job.error && <Alert severity="error">{translate('jobs.failed', { message: failure(job.error) })}</Alert>}
      {found ? <Leaderboard job={job} /> : <TriedBoard job={job} underway={underway} />}
      <JobMetricsPanel job={job} />
      <Panel title={translate('jobs.parameters')}>
        <ParameterTable columns={[job.parameters]} empty={translate('jobs.no_parameters')} />
      </Panel>
    </Stack>
  );
}
