import { Alert, Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { RecordContextProvider, ShowBase, Title, useShowContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { WHOLE } from '../data/whole-record.ts';
import { Facts } from '../display/facts.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { Duration, Moment, useNow } from '../display/moment.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { useCameTo } from './came-to.ts';
import { JobActions } from './job-actions.tsx';
import { JobLogPanel } from './job-log.tsx';
import { JobMetricsPanel } from './job-metrics.tsx';
import type { JobDetails } from './job-resource.ts';
import { JobStages } from './job-stages.tsx';
import { secondsOf } from './job-time.ts';
import { useJobDoing, useJobWords } from './job-words.ts';
import { ParameterTable } from './parameter-table.tsx';
import { usePipelineName } from './pipeline-name.tsx';
import { useJobNews } from './use-job-news.ts';

export default function JobShow() {
  return (
    <ShowBase queryOptions={{ meta: WHOLE }}>
      <JobPage />
    </ShowBase>
  );
}

function JobPage() {
  const { record, error, isPending, refetch } = useShowContext<JobDetails>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !record) return <PageLoading />;
  return (
    <RecordContextProvider value={record}>
      <JobView job={record} />
    </RecordContextProvider>
  );
}

function JobView({ job }: { readonly job: JobDetails }) {
  const translate = useTranslate();
  const nameOf = usePipelineName();
  const doing = useJobDoing();
  const { failure } = useJobWords();
  useJobNews(job);
  const data = job.datasetVersion;
  const title = translate('jobs.title', { pipeline: nameOf(job.pipeline), data: data?.dataset.name ?? '—' });
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={title} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <StatusChip status={job.status} />
        <Typography color="textSecondary" sx={{ flex: 1, minWidth: 120 }}>
          {doing(job.message)}
        </Typography>
        <JobActions job={job} />
      </Stack>
      {job.status === 'running' && (
        <Box aria-live="off">
          <ShareBar share={job.progress} label={title} etaSeconds={job.etaSeconds} />
        </Box>
      )}
      {job.error && (
        <Alert severity="error">
          {translate('jobs.failed', { message: failure(job.error) })}{' '}
          {translate(job.error.retryable ? 'jobs.retryable' : 'jobs.not_retryable')}
        </Alert>
      )}
      <Panel title={translate('jobs.stages')}>
        <JobStages job={job} />
      </Panel>
      <JobMetricsPanel job={job} />
      <JobLogPanel job={job} />
      <Panel title={translate('jobs.summary')}>
        <JobFacts job={job} />
      </Panel>
      <Panel title={translate('jobs.parameters')}>
        <ParameterTable columns={[job.parameters]} empty={translate('jobs.no_parameters')} />
      </Panel>
    </Stack>
  );
}

function JobFacts({ job }: { readonly job: JobDetails }) {
  const translate = useTranslate();
  const now = useNow();
  const { dataset } = job.datasetVersion ?? {};
  const field = (name: string) => translate(`resources.jobs.fields.${name}`);
  const cameTo = useCameTo();
  return (
    <Facts
      facts={[
        {
          label: field('datasetVersion'),
          value:
            dataset?.kind === 'clustering' ? (
              <MuiLink component={Link} to={`/datasets/${encodeURIComponent(dataset.id)}/show`}>
                {dataset.name}
              </MuiLink>
            ) : (
              (job.datasetVersion?.name ?? dataset?.name ?? '—')
            ),
        },
        { label: field('createdAt'), value: <Moment at={job.createdAt} /> },
        { label: field('startedAt'), value: <Moment at={job.startedAt} /> },
        { label: field('finishedAt'), value: <Moment at={job.finishedAt} /> },
        { label: field('took'), value: <Duration seconds={secondsOf(job, now)} /> },
        { label: field('outcome'), value: cameTo(job.outcome) },
        { label: field('seed'), value: String(job.seed) },
        { label: field('attempt'), value: String(job.attempt) },
        { label: field('uuid'), value: <code>{job.uuid}</code> },
        { label: field('idCard'), value: job.idCard ? <code>{job.idCard.slice(0, 16)}</code> : '—' },
      ]}
    />
  );
}
