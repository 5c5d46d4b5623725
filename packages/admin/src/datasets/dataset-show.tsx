import { Alert, Stack } from '@mui/material';
import { ShowBase, Title, useLocaleState, useShowContext, useTranslate } from 'react-admin';
import { useMay } from '../access/use-me.tsx';
import { WHOLE } from '../data/whole-record.ts';
import { Facts } from '../display/facts.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { bytes, number } from '../display/numbers.ts';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { ColumnsPanel } from './columns-panel.tsx';
import { DatasetActions } from './dataset-actions.tsx';
import type { DatasetDetails } from './dataset-resource.ts';
import { DropZone } from './drop-zone.tsx';
import { PreviewTable } from './preview-table.tsx';

export default function DatasetShow() {
  return (
    <ShowBase queryOptions={{ meta: WHOLE }}>
      <DatasetPage />
    </ShowBase>
  );
}

function DatasetPage() {
  const translate = useTranslate();
  const mayReplace = useMay('replaceTable');
  const { record: dataset, error, isPending, refetch } = useShowContext<DatasetDetails>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !dataset) return <PageLoading />;
  const { table } = dataset;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={dataset.name} />
      <DatasetActions dataset={dataset} />
      {!table && <Alert severity="info">{translate('datasets.no_table')}</Alert>}
      {table && table.warnings.length > 0 && (
        <Alert severity="warning">
          {translate('datasets.warnings')}
          <ul>
            {table.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Alert>
      )}
      {table && <ColumnsPanel columns={table.columns} rows={table.rows} />}
      {table && (
        <Panel title={translate('datasets.preview')}>
          <PreviewTable columns={table.columns.map(({ name }) => name)} rows={table.preview} />
        </Panel>
      )}
      <Panel title={translate('datasets.facts')}>
        <DatasetFacts dataset={dataset} />
      </Panel>
      {table && mayReplace && <DropZone replaced={dataset.id} />}
    </Stack>
  );
}

function DatasetFacts({ dataset }: { readonly dataset: DatasetDetails }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const field = (name: string) => translate(`resources.datasets.fields.${name}`);
  const { table } = dataset;
  const ofTable = table
    ? [
        { label: field('rows'), value: number(table.rows, locale) },
        { label: field('columns'), value: number(table.columns.length, locale) },
        { label: field('bytes'), value: bytes(table.bytes, locale) },
        { label: field('fileName'), value: table.fileName },
        { label: field('encoding'), value: table.encoding },
        { label: field('delimiter'), value: <code>{table.delimiter === '\t' ? '\\t' : table.delimiter}</code> },
        { label: field('uploadedAt'), value: <Moment at={table.uploadedAt} /> },
        { label: field('hash'), value: <code>{table.hash.slice(0, 16)}</code> },
      ]
    : [];
  return (
    <Facts
      facts={[
        { label: field('kind'), value: translate(`datasets.kind.${dataset.kind}`, { _: dataset.kind }) },
        ...ofTable,
        { label: field('createdAt'), value: <Moment at={dataset.createdAt} /> },
        { label: field('uuid'), value: <code>{dataset.uuid}</code> },
      ]}
    />
  );
}
