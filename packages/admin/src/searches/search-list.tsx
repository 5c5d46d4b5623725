import { DataTable, SearchInput, useTranslate } from 'react-admin';
import { CreateLink } from '../display/create-link.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { Duration, Moment } from '../display/moment.tsx';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import type { Job } from '../jobs/job-resource.ts';
import { JobState } from '../jobs/job-state.tsx';
import { secondsOf } from '../jobs/job-time.ts';

const FILTERS = [<SearchInput key="q" source="q" alwaysOn />];

export default function SearchList() {
  return (
    <RecordList filters={FILTERS} empty={<NoSearches />} actions={<CreateButton />}>
      <SearchRows />
    </RecordList>
  );
}

function SearchRows() {
  const dataOf = (job: Job) => job.datasetVersion?.dataset.name ?? '—';
  return (
    <Rows<Job>
      primary={dataOf}
      secondary={(job) => <JobState job={job} />}
      tertiary={({ createdAt }) => <Moment at={createdAt} />}
    >
      <DataTable.Col<Job> source="datasetVersion" disableSort render={dataOf} />
      <DataTable.Col<Job> source="status" render={(job) => <JobState job={job} />} />
      <DataTable.Col<Job> source="took" disableSort render={(job) => <Duration seconds={secondsOf(job)} />} />
      <DataTable.Col<Job> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
    </Rows>
  );
}

function CreateButton() {
  const translate = useTranslate();
  return (
    <CreateLink mutation="createClusteringSearch" to="/searches/create" label={translate('searches.create.label')} />
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
