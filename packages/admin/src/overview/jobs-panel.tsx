import { Box, Link as MuiLink, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { Panel } from '../display/panel.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import type { Job } from '../jobs/job-resource.ts';
import { usePipelineName } from '../jobs/pipeline-name.tsx';
import { useOverviewJobs } from './use-overview.ts';

/** What runs and what waits, and what has failed last. */
export function JobsPanel() {
  const translate = useTranslate();
  const { data, error, refetch } = useOverviewJobs();
  const count = data?.unfinished.totalCount.count ?? 0;
  const link = (
    <MuiLink component={Link} to="/jobs">
      {count > 10 ? translate('overview.jobs.more', { count }) : translate('overview.jobs.all')}
    </MuiLink>
  );
  return (
    <Panel title={translate('overview.jobs.title')} action={link}>
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {data?.unfinished.nodes.length === 0 && (
        <Typography color="textSecondary">{translate('overview.jobs.idle')}</Typography>
      )}
      {data?.unfinished.nodes.map((job) => (
        <JobLine key={job.id} job={job} />
      ))}
      {data && data.failed.nodes.length > 0 && (
        <>
          <Typography variant="subtitle2" component="h3" sx={{ mt: 2 }}>
            {translate('overview.jobs.failed')}
          </Typography>
          {data.failed.nodes.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </>
      )}
    </Panel>
  );
}

function JobLine({ job }: { readonly job: Job }) {
  const translate = useTranslate();
  const nameOf = usePipelineName();
  const data = job.datasetVersion;
  const running = job.status === 'running';
  return (
    <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', py: 0.75, flexWrap: 'wrap' }} data-job={job.uuid}>
      <MuiLink
        component={Link}
        to={`/jobs/${encodeURIComponent(job.id)}/show`}
        sx={{ flex: '1 1 140px', overflowWrap: 'anywhere' }}
      >
        {translate('jobs.title', { pipeline: nameOf(job.pipeline), data: data?.name || data?.dataset.name || '—' })}
      </MuiLink>
      {running ? (
        <Box sx={{ flex: '1 1 180px' }}>
          <ShareBar share={job.progress} label={nameOf(job.pipeline)} etaSeconds={job.etaSeconds} />
        </Box>
      ) : (
        <>
          <StatusChip status={job.status} />
          <Typography variant="body2" color="textSecondary">
            <Moment at={job.finishedAt ?? job.createdAt} />
          </Typography>
        </>
      )}
    </Box>
  );
}
