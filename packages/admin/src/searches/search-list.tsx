import AddIcon from '@mui/icons-material/Add';
import { Button, Stack } from '@mui/material';
import { DataTable, List, SearchInput, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { May } from '../access/use-me.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { KeysetPagination } from '../display/keyset-pagination.tsx';
import { Duration, Moment } from '../display/moment.tsx';
import { Rows } from '../display/rows.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import type { Job } from '../jobs/job-resource.ts';
import { secondsOf } from '../jobs/job-time.ts';

const FILTERS = [<SearchInput key="q" source="q" alwaysOn />];

export default function SearchList() {
  return (
    <List
      filters={FILTERS}
      sort={{ field: 'createdAt', order: 'DESC' }}
      perPage={25}
      pagination={<KeysetPagination />}
      empty={<NoSearches />}
      exporter={false}
      actions={<CreateButton />}
    >
      <SearchRows />
    </List>
  );
}

function SearchRows() {
  const dataOf = (job: Job) => job.datasetVersion?.dataset.name ?? '—';
  return (
    <Rows<Job>
      primary={dataOf}
      secondary={(job) => <State job={job} />}
      tertiary={({ createdAt }) => <Moment at={createdAt} />}
    >
      <DataTable.Col<Job> source="datasetVersion" disableSort render={dataOf} />
      <DataTable.Col<Job> source="status" render={(job) => <State job={job} />} />
      <DataTable.Col<Job> source="took" disableSort render={(job) => <Duration seconds={secondsOf(job)} />} />
      <DataTable.Col<Job> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
    </Rows>
  );
}

function State({ job }: { readonly job: Job }) {
  const translate = useTranslate();
  if (job.status !== 'running') return <StatusChip status={job.status} />;
  return (
    <ShareBar share={job.progress} label={translate('resources.jobs.fields.progress')} etaSeconds={job.etaSeconds} />
  );
}

function CreateButton() {
  const translate = useTranslate();
  return (
    <Stack direction="row" sx={{ py: 1, whiteSpace: 'nowrap', justifyContent: 'center' }}>
      <May mutation="createClusteringSearch">
        <Button component={Link} to="/searches/create" variant="contained" startIcon={<AddIcon />}>
          {translate('searches.create.label')}
        </Button>
      </May>
    </Stack>
  );
}

function NoSearches() {
  const translate = useTranslate();
  return (
    <EmptyState title={translate('searches.empty.title')} action={<CreateButton />}>
      {translate('searches.empty.text')}
    </EmptyState>
  );
}
