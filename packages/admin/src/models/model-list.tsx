import CompareIcon from '@mui/icons-material/CompareArrowsOutlined';
import { Box, Button, Checkbox, Stack } from '@mui/material';
import { DataTable, useListContext, useLocaleState, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState } from '../display/empty-state.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { RecordList } from '../display/record-list.tsx';
import { Rows } from '../display/rows.tsx';
import { AliasChips } from './alias-chips.tsx';
import { comparePath, MOST_COMPARED } from './compare-address.ts';
import { HistoryPanel } from './history-panel.tsx';
import { MetricsOverVersions } from './metrics-over-versions.tsx';
import type { Model } from './model-documents.ts';
import { named } from './named-values.ts';
import { RollbackButton } from './rollback-button.tsx';

/** What rankings of models are mostly judged by. */
const MAIN_METRIC = 'map_at_100';

export default function ModelListPage() {
  return (
    <Stack spacing={2}>
      <RecordList empty={<NoModels />} actions={<ListActions />}>
        <ModelRows />
      </RecordList>
      <MetricsOverVersions />
      <HistoryPanel />
    </Stack>
  );
}

function ListActions() {
  const { data } = useListContext<Model>();
  const champion = data?.find(({ aliases }) => aliases.includes('champion'));
  return (
    <Stack direction="row" sx={{ gap: 1, py: 1 }}>
      <CompareSelected />
      {champion && <RollbackButton model={champion.model} version={champion.version} />}
    </Stack>
  );
}

function ModelRows() {
  const [locale] = useLocaleState();
  const metric = ({ trainMetrics }: Model) => {
    const value = named(trainMetrics, MAIN_METRIC);
    return value === undefined ? '—' : number(value, locale);
  };
  return (
    <Rows<Model>
      primary={({ version }) => version}
      secondary={(model) => (
        <Box component="span" sx={{ display: 'block', mt: 0.5 }}>
          <AliasChips aliases={model.aliases} />
          {model.trainedOn.name} · {metric(model)}
        </Box>
      )}
      tertiary={({ createdAt }) => <Moment at={createdAt} />}
    >
      <DataTable.Col<Model> source="compare" disableSort render={(model) => <CompareBox model={model} />} />
      <DataTable.Col source="version" disableSort />
      <DataTable.Col<Model> source="aliases" disableSort render={({ aliases }) => <AliasChips aliases={aliases} />} />
      <DataTable.Col<Model> source="trainedOn" disableSort render={({ trainedOn }) => trainedOn.name} />
      <DataTable.Col<Model> align="right" source="map" disableSort render={metric} />
      <DataTable.NumberCol source="featuresCount" disableSort />
      <DataTable.Col<Model> source="createdAt" render={({ createdAt }) => <Moment at={createdAt} />} />
    </Rows>
  );
}

/** Of react-admin's own boxes axe says that they have no name. */
function CompareBox({ model: { id, version } }: { readonly model: Model }) {
  const translate = useTranslate();
  const { selectedIds, onToggleItem } = useListContext();
  return (
    <Checkbox
      size="small"
      checked={selectedIds.includes(id)}
      onClick={(event) => event.stopPropagation()}
      onChange={() => onToggleItem(id)}
      slotProps={{ input: { 'aria-label': translate('models.compare.choose', { version }) } }}
      sx={{ p: 0 }}
    />
  );
}

function CompareSelected() {
  const translate = useTranslate();
  const { selectedIds } = useListContext();
  const possible = selectedIds.length >= 2 && selectedIds.length <= MOST_COMPARED;
  return (
    <Button
      component={Link}
      to={comparePath(selectedIds.map(String))}
      disabled={!possible}
      startIcon={<CompareIcon />}
      size="small"
    >
      {translate(possible ? 'models.compare.selected' : 'models.compare.how_many', { most: MOST_COMPARED })}
    </Button>
  );
}

function NoModels() {
  const translate = useTranslate();
  return <EmptyState title={translate('models.empty.title')}>{translate('models.empty.text')}</EmptyState>;
}
