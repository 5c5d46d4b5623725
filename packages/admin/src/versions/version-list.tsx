import { Box } from '@mui/material';
import { DataTable, SearchInput, useLocaleState, useTranslate } from 'react-admin';
import { EmptyState } from '../display/empty-state.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { statusFilter } from '../display/status-filter.tsx';
import { DriftChip, QualityChip } from './verdict-chips.tsx';
import type { Version } from './version-documents.ts';
import { VERSION_STATUSES } from './version-resource.ts';

const FILTERS = [<SearchInput key="q" source="q" alwaysOn />, statusFilter(VERSION_STATUSES)];

export default function VersionListPage() {
  return (
    <RecordList filters={FILTERS} empty={<NoVersions />}>
      <VersionRows />
    </RecordList>
  );
}

function VersionRows() {
  const [locale] = useLocaleState();
  const rows = ({ rowCounts }: Version) =>
    rowCounts.length === 0
      ? '—'
      : number(
          rowCounts.reduce((sum, table) => sum + table.rows, 0),
          locale,
        );
  return (
    <Rows<Version>
      primary={({ name }) => name}
      secondary={(version) => (
        <Box component="span" sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', mt: 0.5 }}>
          <StatusChip status={version.status} />
          {version.validationResult && <QualityChip quality={version.validationResult} />}
        </Box>
      )}
      tertiary={({ createdAt }) => <Moment at={createdAt} />}
    >
      <DataTable.Col source="name" />
      <DataTable.Col<Version> source="status" disableSort render={({ status }) => <StatusChip status={status} />} />
      <DataTable.Col<Version>
        source="quality"
        disableSort
        render={({ validationResult }) => <QualityChip quality={validationResult} />}
      />
      <DataTable.Col<Version>
        source="drift"
        disableSort
        render={({ driftReport }) => <DriftChip drift={driftReport} />}
      />
      <DataTable.Col<Version> align="right" source="rows" disableSort render={rows} />
      <DataTable.Col<Version> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
    </Rows>
  );
}

function NoVersions() {
  const translate = useTranslate();
  return (
    <EmptyState title={translate('versions.empty.title')}>
      {translate('versions.empty.text')}
      <Box
        component="pre"
        tabIndex={0}
        sx={{ mt: 2, p: 1.5, bgcolor: 'action.hover', borderRadius: 1, overflowX: 'auto' }}
      >
        npm start -- --demo
      </Box>
    </EmptyState>
  );
}
