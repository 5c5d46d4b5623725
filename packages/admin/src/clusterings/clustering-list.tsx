import AddIcon from '@mui/icons-material/Add';
import { Button, Stack } from '@mui/material';
import { DataTable, List, SearchInput, SelectArrayInput, useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { May } from '../access/use-me.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { KeysetPagination } from '../display/keyset-pagination.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { Rows } from '../display/rows.tsx';
import { ShareBar } from '../display/share-bar.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { JOB_STATUSES } from '../jobs/job-resource.ts';
import type { Clustering } from './clustering-resource.ts';
import { useMethodName } from './method-name.ts';

const FILTERS = [
  <SearchInput key="q" source="q" alwaysOn />,
  <SelectArrayInput
    key="status"
    source="status"
    alwaysOn
    choices={JOB_STATUSES.map((id) => ({ id, name: `display.status.${id}` }))}
  />,
];

export default function ClusteringList() {
  return (
    <List
      filters={FILTERS}
      sort={{ field: 'createdAt', order: 'DESC' }}
      perPage={25}
      pagination={<KeysetPagination />}
      empty={<NoClusterings />}
      exporter={false}
      actions={<CreateButton />}
    >
      <ClusteringRows />
    </List>
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
      secondary={(job) => <State job={job} />}
      tertiary={(job) =>
        job.clustering?.clusters == null
          ? ''
          : translate('clusterings.clusters', { smart_count: job.clustering.clusters })
      }
    >
      <DataTable.Col<Clustering> source="datasetVersion" disableSort render={dataOf} />
      <DataTable.Col<Clustering> source="method" disableSort render={methodOf} />
      <DataTable.Col<Clustering> source="status" render={(job) => <State job={job} />} />
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
        render={({ clustering }) => (clustering?.silhouette == null ? '—' : clustering.silhouette.toFixed(3))}
      />
      <DataTable.Col<Clustering> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
    </Rows>
  );
}

/** What is up with it: how far it is, or how it ended. */
function State({ job }: { readonly job: Clustering }) {
  const translate = useTranslate();
  if (job.status !== 'running') return <StatusChip status={job.status} />;
  return (
    <ShareBar share={job.progress} label={translate('resources.jobs.fields.progress')} etaSeconds={job.etaSeconds} />
  );
}

function CreateButton() {
  const translate = useTranslate();
  return (
    <Stack direction="row" sx={{ py: 1, gap: 1, whiteSpace: 'nowrap' }}>
      <May mutation="createClusteringJob">
        <Button component={Link} to="/clusterings/create" variant="contained" startIcon={<AddIcon />}>
          {translate('clusterings.create.label')}
        </Button>
      </May>
    </Stack>
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
