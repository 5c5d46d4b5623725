import { Alert, Box, Stack, Tab, Tabs, Typography } from '@mui/material';
import { type ComponentType, lazy, Suspense } from 'react';
import { ShowBase, Title, useShowContext, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { WHOLE } from '../../data/whole-record.ts';
import { FailureNote } from '../../display/failure-note.tsx';
import { PageLoading } from '../../display/page-loading.tsx';
import { ShareBar } from '../../display/share-bar.tsx';
import { StatusChip } from '../../display/status-chip.tsx';
import { useJobDoing, useJobWords } from '../../jobs/job-words.ts';
import { useJobNews } from '../../jobs/use-job-news.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { useMethodName } from '../method-name.ts';
import { ClusteringActions } from './clustering-actions.tsx';
import { hasFile } from './job-files.ts';
import { StageBar } from './stage-bar.tsx';

export interface TabProps {
  readonly job: ClusteringDetails;
}

interface TabOf {
  readonly View: ComponentType<TabProps>;
  /** Whether the job has something to show there; a tab without is not offered. */
  readonly offered: (job: ClusteringDetails) => boolean;
}

const isAgglomerative = ({ clustering }: ClusteringDetails) => clustering?.method === 'agglomerative';

/** THE LIST of tabs of a job's page, by the names that addresses have. */
const TABS: Readonly<Record<string, TabOf>> = {
  overview: { View: lazy(() => import('./overview-tab.tsx')), offered: () => true },
  charts: { View: lazy(() => import('../charts/charts-tab.tsx')), offered: () => true },
  risk: { View: lazy(() => import('../risk/risk-tab.tsx')), offered: () => true },
  map: {
    View: lazy(() => import('../map/map-tab.tsx')),
    offered: (job) => hasFile(job, 'chart.map.json'),
  },
  dendrogram: {
    View: lazy(() => import('../dendrogram/dendrogram-tab.tsx')),
    offered: (job) => isAgglomerative(job) && hasFile(job, 'clusterer.model'),
  },
  labels: {
    View: lazy(() => import('../labels/labels-tab.tsx')),
    offered: (job) => hasFile(job, 'pipeline.json'),
  },
  files: { View: lazy(() => import('./files-tab.tsx')), offered: () => true },
  parameters: { View: lazy(() => import('./parameters-tab.tsx')), offered: () => true },
};

export default function ClusteringShow() {
  return (
    <ShowBase queryOptions={{ meta: WHOLE }}>
      <ClusteringPage />
    </ShowBase>
  );
}

function ClusteringPage() {
  const { record, error, isPending, refetch } = useShowContext<ClusteringDetails>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !record) return <PageLoading />;
  return <ClusteringView job={record} />;
}

function ClusteringView({ job }: TabProps) {
  const translate = useTranslate();
  const methodName = useMethodName();
  const doing = useJobDoing();
  const { failure } = useJobWords();
  useJobNews(job);
  const [search, setSearch] = useSearchParams();
  const offered = Object.entries(TABS).filter(([, tab]) => tab.offered(job));
  const [name, tab] = offered.find(([each]) => each === search.get('tab')) ?? offered[0] ?? [];
  const title = translate('clusterings.title', {
    data: job.datasetVersion?.dataset.name ?? '—',
    method: methodName(job.clustering?.method ?? ''),
  });
  return (
    <Stack spacing={2} sx={{ mt: 2, minWidth: 0 }}>
      <Title title={title} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <StatusChip status={job.status} />
        <Typography variant="h5" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
        <Box sx={{ flex: 1 }} />
        <ClusteringActions job={job} />
      </Stack>
      {job.status === 'running' && (
        <ShareBar share={job.progress} label={doing(job.message) || title} etaSeconds={job.etaSeconds} />
      )}
      {job.error && <Alert severity="error">{translate('jobs.failed', { message: failure(job.error) })}</Alert>}
      <StageBar job={job} />
      <Tabs
        value={name ?? false}
        onChange={(_event, wanted: string) => setSearch({ tab: wanted }, { replace: true })}
        variant="scrollable"
        allowScrollButtonsMobile
        aria-label={translate('clusterings.tabs')}
      >
        {offered.map(([each]) => (
          <Tab
            key={each}
            value={each}
            label={translate(`clusterings.tab.${each}`)}
            id={`tab-${each}`}
            {...(each === name ? { 'aria-controls': `panel-${each}` } : {})}
          />
        ))}
      </Tabs>
      {tab && (
        <Box role="tabpanel" id={`panel-${name}`} aria-labelledby={`tab-${name}`} sx={{ minWidth: 0 }}>
          <Suspense fallback={<PageLoading />}>
            <tab.View job={job} />
          </Suspense>
        </Box>
      )}
    </Stack>
  );
}
