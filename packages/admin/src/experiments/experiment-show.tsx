import { Link as MuiLink, Stack, Typography } from '@mui/material';
import { ShowBase, Title, useShowContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { WHOLE } from '../data/whole-record.ts';
import { Facts } from '../display/facts.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { LineageLinkButton } from '../lineage/lineage-link-button.tsx';
import { ComparedTable } from '../models/compared-table.tsx';
import type { RunDetails } from './experiment-documents.ts';
import { RunChip } from './run-chip.tsx';

export default function ExperimentShow() {
  return (
    <ShowBase queryOptions={{ meta: WHOLE }}>
      <RunPage />
    </ShowBase>
  );
}

function RunPage() {
  const translate = useTranslate();
  const { record: run, error, isPending, refetch } = useShowContext<RunDetails>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !run) return <PageLoading />;
  const panels = [
    { name: 'metrics', values: run.metrics },
    { name: 'params', values: run.params },
    { name: 'tags', values: run.tags },
  ] as const;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('experiments.title', { data: run.datasetVersion.name })} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <Typography variant="h5" component="p">
          {translate('experiments.title', { data: run.datasetVersion.name })}
        </Typography>
        <RunChip status={run.status} />
        <Stack direction="row" sx={{ flex: 1, justifyContent: 'flex-end' }}>
          <LineageLinkButton kind="dataset_version" nodeKey={run.datasetVersion.uuid} />
        </Stack>
      </Stack>
      {panels.map(({ name, values }) => (
        <Panel key={name} title={translate(`experiments.${name}`)}>
          <ComparedTable columns={[values]} />
        </Panel>
      ))}
      <Panel title={translate('experiments.facts')}>
        <RunFacts run={run} />
      </Panel>
    </Stack>
  );
}

function RunFacts({ run }: { readonly run: RunDetails }) {
  const translate = useTranslate();
  const field = (name: string) => translate(`resources.experiments.fields.${name}`);
  const { datasetVersion, job, dvcRevision } = run;
  return (
    <Facts
      facts={[
        {
          label: field('datasetVersion'),
          value: (
            <MuiLink component={Link} to={`/versions/${encodeURIComponent(datasetVersion.id)}/show`}>
              {datasetVersion.name}
            </MuiLink>
          ),
        },
        {
          label: field('job'),
          value: (
            <MuiLink component={Link} to={`/jobs/${encodeURIComponent(job.id)}/show`}>
              {translate('models.job')}
            </MuiLink>
          ),
        },
        { label: field('modelVersion'), value: run.modelVersion ?? translate('experiments.not_published') },
        { label: field('experiment'), value: run.experiment },
        { label: field('startedAt'), value: <Moment at={run.startedAt} /> },
        { label: field('endedAt'), value: <Moment at={run.endedAt} /> },
        { label: field('runId'), value: <code>{run.runId}</code> },
        { label: field('dvcTag'), value: dvcRevision ? <code>{dvcRevision.tag}</code> : '—' },
      ]}
    />
  );
}
