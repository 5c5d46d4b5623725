import { Stack, Typography } from '@mui/material';
import { ShowBase, Title, useLocaleState, useShowContext, useTranslate } from 'react-admin';
import { WHOLE } from '../data/whole-record.ts';
import { Facts } from '../display/facts.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { number } from '../display/numbers.ts';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { BatchesPanel } from './batches-panel.tsx';
import { DriftPanel } from './drift-panel.tsx';
import { QualityPanel } from './quality-panel.tsx';
import { DriftChip, QualityChip } from './verdict-chips.tsx';
import type { VersionDetails } from './version-documents.ts';
import { VersionWorkPanel } from './version-work-panel.tsx';

export default function VersionShow() {
  return (
    <ShowBase queryOptions={{ meta: WHOLE }}>
      <VersionPage />
    </ShowBase>
  );
}

function VersionPage() {
  const translate = useTranslate();
  const { record: version, error, isPending, refetch } = useShowContext<VersionDetails>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !version) return <PageLoading />;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('versions.title', { name: version.name })} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <Typography variant="h5" component="p" sx={{ overflowWrap: 'anywhere' }}>
          {version.name}
        </Typography>
        <StatusChip status={version.status} />
        {version.validationResult && <QualityChip quality={version.validationResult} />}
        {version.driftReport && <DriftChip drift={version.driftReport} />}
      </Stack>
      <BatchesPanel version={version} />
      {version.validationResult && <QualityPanel id={version.id} />}
      {version.driftReport && version.driftReport.actionTaken !== 'skipped' && <DriftPanel id={version.id} />}
      <VersionWorkPanel version={version} />
      <Panel title={translate('versions.facts')}>
        <VersionFacts version={version} />
      </Panel>
    </Stack>
  );
}

function VersionFacts({ version }: { readonly version: VersionDetails }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const field = (name: string) => translate(`resources.versions.fields.${name}`);
  const { rowCounts, manifestHash, dvcRevision } = version;
  return (
    <Facts
      facts={[
        { label: field('ordinal'), value: version.ordinal === null ? '—' : String(version.ordinal) },
        {
          label: field('rows'),
          value: number(
            rowCounts.reduce((sum, { rows }) => sum + rows, 0),
            locale,
          ),
        },
        { label: field('createdAt'), value: <Moment at={version.createdAt} /> },
        { label: field('committedAt'), value: <Moment at={version.committedAt} /> },
        { label: field('processedAt'), value: <Moment at={version.processedAt} /> },
        { label: field('manifestHash'), value: manifestHash ? <code>{manifestHash.slice(0, 16)}</code> : '—' },
        { label: field('dvcTag'), value: dvcRevision ? <code>{dvcRevision.tag}</code> : '—' },
        { label: field('uuid'), value: <code>{version.uuid}</code> },
      ]}
    />
  );
}
