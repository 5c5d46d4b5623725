import { FormControlLabel, Link as MuiLink, Stack, Switch } from '@mui/material';
import { useState } from 'react';
import { Title, useGetMany, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { WHOLE } from '../data/whole-record.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { Failure } from '../graphql/failure.ts';
import { AliasChips } from './alias-chips.tsx';
import { comparedIds } from './compare-address.ts';
import { ComparedTable } from './compared-table.tsx';
import type { ModelDetails } from './model-documents.ts';

/** Versions side by side: what they were trained on and with, and what they reach. */
export default function ModelCompare() {
  const translate = useTranslate();
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const ids = comparedIds(useParams().ids);
  const { data, error, isPending } = useGetMany<ModelDetails>('models', { ids: [...ids], meta: WHOLE });
  if (error) return <FailureNote error={error} />;
  if (isPending) return <PageLoading />;
  const models = (data ?? []).filter((model) => model !== undefined);
  if (models.length < 2) return <FailureNote error={new Failure('NOT_FOUND', 'There are no such versions')} />;
  const heads = models.map((model) => (
    <MuiLink key={model.id} component={Link} to={`/models/${encodeURIComponent(model.id)}/show`}>
      {model.version}
    </MuiLink>
  ));
  const facts = models.map((model) => [
    { key: translate('resources.models.fields.trainedOn'), value: model.trainedOn.name },
    { key: translate('resources.models.fields.featuresCount'), value: model.featuresCount },
    { key: translate('resources.models.fields.artifactHash'), value: model.artifactHash.slice(0, 12) },
  ]);
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('models.compare.title')} />
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        {models.map(({ id, version, aliases }) => (
          <span key={id}>
            {translate('models.version_n', { version })} <AliasChips aliases={aliases} />
          </span>
        ))}
        <FormControlLabel
          control={<Switch checked={onlyDifferences} onChange={(_event, on) => setOnlyDifferences(on)} size="small" />}
          label={translate('models.compare.only_differences')}
        />
      </Stack>
      <Panel title={translate('models.metrics')}>
        <ComparedTable columns={models.map(({ trainMetrics }) => trainMetrics)} {...{ heads, onlyDifferences }} />
      </Panel>
      <Panel title={translate('models.parameters')}>
        <ComparedTable columns={models.map(({ run }) => run.params)} {...{ heads, onlyDifferences }} />
      </Panel>
      <Panel title={translate('models.facts')}>
        <ComparedTable columns={facts} {...{ heads, onlyDifferences }} />
      </Panel>
    </Stack>
  );
}
