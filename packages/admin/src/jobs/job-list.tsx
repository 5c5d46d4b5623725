import { Button } from '@mui/material';
import { DataTable, SearchInput, SelectInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState } from '../display/empty-state.tsx';
import { Duration, Moment } from '../display/moment.tsx';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { statusFilter } from '../display/status-filter.tsx';
import { useCameTo } from './came-to.ts';
import { JOB_STATUSES, type Job } from './job-resource.ts';
import { JobShare, JobState } from './job-state.tsx';
import { secondsOf } from './job-time.ts';
import { usePipelineName } from './pipeline-name.tsx';

/** Those that have a name of their own. */
const PIPELINES = ['lookalike', 'clustering', 'clustering_search', 'clustering_labels', 'stores_mart'] as const;

const FILTERS = [
  <SearchInput key="q" source="q" alwaysOn />,
  statusFilter(JOB_STATUSES),
  <SelectInput
    key="pipeline"
    source="pipeline"
    alwaysOn
    choices={PIPELINES.map((id) => ({ id, name: `jobs.pipeline.${id}` }))}
  />,
];

export default function JobList() {
  return (
    <RecordList filters={FILTERS} empty={<NoJobs />}>
      <JobRows />
    </RecordList>
  );
}

function JobRows() {
  const nameOf = usePipelineName();
  return (
    <Rows<Job>
      primary={(job) => `${nameOf(job.pipeline)} · ${job.datasetVersion?.dataset.name ?? '—'}`}
      secondary={(job) => <JobState job={job} />}
      tertiary={(job) => <Moment at={job.createdAt} />}
    >
      <DataTable.Col<Job> source="pipeline" disableSort render={(job) => nameOf(job.pipeline)} />
      <DataTable.Col<Job> source="datasetVersion" disableSort render={(job) => <JobData job={job} />} />
      <DataTable.Col<Job> source="status" render={(job) => <StatusChip status={job.status} />} />
      <DataTable.Col<Job> source="progress" disableSort render={(job) => <JobProgress job={job} />} />
      <DataTable.Col<Job> source="took" render={(job) => <Duration seconds={secondsOf(job)} />} />
      <DataTable.Col<Job> source="createdAt" render={(job) => <Moment at={job.createdAt} />} />
    </Rows>
  );
}

function JobData({ job: { datasetVersion } }: { readonly job: Job }) {
  if (!datasetVersion) return '—';
  const { dataset, name, ordinal } = datasetVersion;
  return `${dataset.name}${name || ordinal ? ` · ${name ?? ordinal}` : ''}`;
}

function JobProgress({ job }: { readonly job: Job }) {
  const cameTo = useCameTo();
  return job.status === 'running' || job.status === 'paused' ? <JobShare job={job} /> : cameTo(job.outcome, '');
}

function NoJobs() {
  const translate = useTranslate();
  return (
    <EmptyState
      title={translate('jobs.empty.title')}
      action={
        <Button component={Link} to="/datasets" variant="contained">
          {translate('jobs.empty.action')}
        </Button>
      }
    >
      {translate('jobs.empty.text')}
    </EmptyState>
  );
}
