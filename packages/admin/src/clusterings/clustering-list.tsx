import { DataTable, SearchInput, useLocaleState, useTranslate } from 'react-admin';
import { CreateLink } from '../display/create-link.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { Moment } from '../display/moment.tsx';
import { fixed, number } from '../display/numbers.ts';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { statusFilter } from '../display/status-filter.tsx';
import { JOB_STATUSES } from '../jobs/job-resource.ts';
import { JobState } from '../jobs/job-state.tsx';
import type { Clustering } from './clustering-resource.ts';
import { useMethodName } from './method-name.ts';

const FILTERS = [<SearchInput key="q" source="q" alwaysOn />, statusFilter(JOB_STATUSES)];

export default function ClusteringList() {
  return (
    <RecordList filters={FILTERS} empty={<NoClusterings />} actions={<CreateButton />}>
      <ClusteringRows />
    </RecordList>
  );
}

function ClusteringRows() {
  const methodName = useMethodName();
  const [locale] = useLocaleState();
  const translate = useTranslate();
  const dataOf = (job: Clustering) => job.datasetVersion?.dataset.name ?? '—';
  const methodOf = ({ clustering }: Clustering) => (clustering ? methodName(clustering.method) : '—');
  const numberOf = (value: number | null | undefined) => (value == null ? '—' : number(value, locale));
  return (
    <Rows<Clustering>
      primary={(job) => `${dataOf(job)} · ${methodOf(job)}`}
      secondary={(job) => <JobState job={job} />}
      tertiary={(job) =>
        job.clustering?.clusters == null
          ? ''
          : translate('clusterings.clusters', { smart_count: job.clustering.clusters })
      }
    >
      <DataTable.Col<Clustering> source="datasetVersion" disableSort render={dataOf} />
      <DataTable.Col<Clustering> source="method" disableSort render={methodOf} />
      <DataTable.Col<Clustering> source="status" render={(job) => <JobState job={job} />} />
      <DataTable.Col<Clustering>
        align="right"
        source="clusters"
        disableSort
        render={({ clustering }) => numberOf(clustering?.clusters)}
      />
      <DataTable.Col<Clustering>
        align="right"
        source="rows"
        disableSort
        render={({ clustering }) => numberOf(clustering?.rows)}
      />
      <DataTable.Col<Clustering>
        align="right"
        source="silhouette"
        disableSort
        render={({ clustering }) => (clustering?.silhouette == null ? '—' : fixed(clustering.silhouette, 3, locale))}
      />
      <DataTable.Col<Clustering> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
    </Rows>
  );
}

function CreateButton() {
  const translate = useTranslate();
  return (
    <CreateLink mutation="createClusteringJob" to="/clusterings/create" label={translate('clusterings.create.label')} />
  );
}

function NoClusterings() {
  const translate = useTranslate();
  return (
    <EmptyState title={translate('clusterings.empty.title')} action={<CreateButton />}>
      {translate('clusterings.empty.text')}
    </EmptyState>
  );
}
