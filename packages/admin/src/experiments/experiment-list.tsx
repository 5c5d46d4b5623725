import { DataTable, NullableBooleanInput, useLocaleState, useTranslate } from 'react-admin';
import { EmptyState } from '../display/empty-state.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { statusFilter } from '../display/status-filter.tsx';
import { named } from '../models/named-values.ts';
import type { Run } from './experiment-documents.ts';
import { RUN_STATUSES } from './experiment-resource.ts';
import { RunChip } from './run-chip.tsx';

const FILTERS = [
  statusFilter(RUN_STATUSES, 'experiments.status'),
  <NullableBooleanInput key="published" source="published" alwaysOn />,
];

export default function ExperimentList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'startedAt', order: 'DESC' }} empty={<NoRuns />}>
      <RunRows />
    </RecordList>
  );
}

function RunRows() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const metric = ({ metrics }: Run, key: string) => {
    const value = named(metrics, key);
    return value === undefined ? '—' : number(value, locale);
  };
  const model = ({ modelVersion }: Run) => modelVersion ?? translate('experiments.not_published');
  return (
    <Rows<Run>
      primary={(run) => `${run.datasetVersion.name} → ${model(run)}`}
      secondary={(run) => <RunChip status={run.status} />}
      tertiary={({ startedAt }) => <Moment at={startedAt} />}
    >
      <DataTable.Col<Run> source="runId" disableSort render={({ runId }) => <code>{runId.slice(0, 12)}</code>} />
      <DataTable.Col<Run> source="status" disableSort render={({ status }) => <RunChip status={status} />} />
      <DataTable.Col<Run> source="datasetVersion" disableSort render={({ datasetVersion }) => datasetVersion.name} />
      <DataTable.Col<Run> source="modelVersion" disableSort render={model} />
      <DataTable.Col<Run> align="right" source="map" disableSort render={(run) => metric(run, 'map_at_100')} />
      <DataTable.Col<Run> align="right" source="ndcg" disableSort render={(run) => metric(run, 'ndcg_at_100')} />
      <DataTable.Col<Run> source="startedAt" render={({ startedAt }) => <Moment at={startedAt} />} />
    </Rows>
  );
}

function NoRuns() {
  const translate = useTranslate();
  return <EmptyState title={translate('experiments.empty.title')}>{translate('experiments.empty.text')}</EmptyState>;
}
