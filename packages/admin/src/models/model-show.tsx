import CompareIcon from '@mui/icons-material/CompareArrowsOutlined';
import { Button, Link as MuiLink, Stack, Typography } from '@mui/material';
import { ShowBase, Title, useShowContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { WHOLE } from '../data/whole-record.ts';
import { Facts } from '../display/facts.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { Moment } from '../display/moment.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { LineageLinkButton } from '../lineage/lineage-link-button.tsx';
import { AliasChips } from './alias-chips.tsx';
import { comparePath } from './compare-address.ts';
import { ComparedTable } from './compared-table.tsx';
import { type ModelDetails, ModelMetrics } from './model-documents.ts';
import { named } from './named-values.ts';
import { PromoteButton } from './promote-button.tsx';

export default function ModelShow() {
  return (
    <ShowBase queryOptions={{ meta: WHOLE }}>
      <ModelPage />
    </ShowBase>
  );
}

function ModelPage() {
  const translate = useTranslate();
  const { record: model, error, isPending, refetch } = useShowContext<ModelDetails>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !model) return <PageLoading />;
  const decision = named(model.run.tags, 'decision');
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('models.version_n', { version: model.version })} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        <Typography variant="h5" component="p">
          {translate('models.version_n', { version: model.version })}
        </Typography>
        <AliasChips aliases={model.aliases} />
        <Stack direction="row" sx={{ flex: 1, gap: 1, flexWrap: 'wrap', justifyContent: 'flex-end' }}>
          <PromoteButton model={model} />
          <CompareWithChampion id={model.id} />
          <LineageLinkButton kind="model_version" nodeKey={model.uuid} />
        </Stack>
      </Stack>
      {decision && <Typography color="textSecondary">{decision}</Typography>}
      <Panel title={translate('models.metrics')}>
        <ComparedTable columns={[model.trainMetrics]} />
      </Panel>
      <Panel title={translate('models.parameters')}>
        <ComparedTable columns={[model.run.params]} />
      </Panel>
      <Panel title={translate('models.facts')}>
        <ModelFacts model={model} />
      </Panel>
    </Stack>
  );
}

/** The champion is looked up when one looks at another version. */
function CompareWithChampion({ id }: { readonly id: string }) {
  const translate = useTranslate();
  const { data } = useQuestion(['models', 'metrics'], ModelMetrics, {});
  const champion = data?.modelVersions.nodes.find(({ aliases }) => aliases.includes('champion'));
  if (!champion || champion.id === id) return null;
  return (
    <Button component={Link} to={comparePath([champion.id, id])} startIcon={<CompareIcon />}>
      {translate('models.compare.with_champion')}
    </Button>
  );
}

function ModelFacts({ model }: { readonly model: ModelDetails }) {
  const translate = useTranslate();
  const field = (name: string) => translate(`resources.models.fields.${name}`);
  const link = (to: string, text: string) => (
    <MuiLink component={Link} to={to}>
      {text}
    </MuiLink>
  );
  const { run, trainedOn } = model;
  return (
    <Facts
      facts={[
        {
          label: field('trainedOn'),
          value: link(`/versions/${encodeURIComponent(trainedOn.id)}/show`, trainedOn.name),
        },
        { label: field('run'), value: link(`/experiments/${encodeURIComponent(run.id)}/show`, run.runId.slice(0, 12)) },
        { label: field('job'), value: link(`/jobs/${encodeURIComponent(run.job.id)}/show`, translate('models.job')) },
        { label: field('featuresCount'), value: String(model.featuresCount) },
        { label: field('createdAt'), value: <Moment at={model.createdAt} /> },
        { label: field('artifactHash'), value: <code>{model.artifactHash.slice(0, 16)}</code> },
        { label: field('commit'), value: <code>{named(run.tags, 'git_commit')?.slice(0, 12) ?? '—'}</code> },
        { label: field('dvcTag'), value: run.dvcRevision ? <code>{run.dvcRevision.tag}</code> : '—' },
      ]}
    />
  );
}
