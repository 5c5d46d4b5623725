import { Stack } from '@mui/material';
import { DataTable, SearchInput, SelectInput, useLocaleState, useTranslate } from 'react-admin';
import { useMay } from '../access/use-me.tsx';
import { EmptyState } from '../display/empty-state.tsx';
import { Moment } from '../display/moment.tsx';
import { bytes, number } from '../display/numbers.ts';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import type { Dataset } from './dataset-resource.ts';
import { DropZone } from './drop-zone.tsx';

const KINDS = ['clustering', 'lookalike'] as const;

const FILTERS = [
  <SearchInput key="q" source="q" alwaysOn />,
  <SelectInput
    key="kind"
    source="kind"
    alwaysOn
    choices={KINDS.map((id) => ({ id, name: `datasets.kind.${id}` }))}
    emptyText="datasets.all_kinds"
  />,
];

export default function DatasetList() {
  const may = useMay('uploadTable');
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      {may && <DropZone />}
      <RecordList filters={FILTERS} empty={<NoDatasets />}>
        <DatasetRows />
      </RecordList>
    </Stack>
  );
}

function DatasetRows() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const kindOf = ({ kind }: Dataset) => translate(`datasets.kind.${kind}`, { _: kind });
  const rows = ({ table }: Dataset) => (table ? number(table.rows, locale) : '—');
  const size = ({ table }: Dataset) => (table ? bytes(table.bytes, locale) : '—');
  return (
    <Rows<Dataset>
      primary={({ name }) => name}
      secondary={(dataset) =>
        dataset.table
          ? `${rows(dataset)} ${translate('resources.datasets.fields.rows').toLowerCase()} · ${size(dataset)}`
          : kindOf(dataset)
      }
      tertiary={({ createdAt }) => <Moment at={createdAt} />}
    >
      <DataTable.Col source="name" />
      <DataTable.Col<Dataset> source="kind" disableSort render={kindOf} />
      <DataTable.Col<Dataset> align="right" source="rows" disableSort render={rows} />
      <DataTable.Col<Dataset> align="right" source="bytes" disableSort render={size} />
      <DataTable.Col<Dataset> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
    </Rows>
  );
}

function NoDatasets() {
  const translate = useTranslate();
  return <EmptyState title={translate('datasets.empty.title')}>{translate('datasets.empty.text')}</EmptyState>;
}
