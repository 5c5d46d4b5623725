import { Box, Stack } from '@mui/material';
import { useEffect, useState } from 'react';
import { Title, useGetOne, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { WHOLE } from '../../data/whole-record.ts';
import type { DatasetDetails } from '../../datasets/dataset-resource.ts';
import { FailureNote } from '../../display/failure-note.tsx';
import { PageLoading } from '../../display/page-loading.tsx';
import { Panel } from '../../display/panel.tsx';
import { useQuestion } from '../../graphql/use-ask.tsx';
import { PresetList } from '../../presets/preset-documents.ts';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { ColumnsSection } from './columns-section.tsx';
import { CreateButtons } from './create-buttons.tsx';
import { ClusteringForms } from './create-documents.ts';
import { DataSection } from './data-section.tsx';
import { isObject } from './draft.ts';
import { ForecastPanel } from './forecast-panel.tsx';
import { StageSections } from './stage-sections.tsx';
import { MANUAL, StartSection } from './start-section.tsx';
import { useDrafting, useParams } from './use-draft.ts';
import { useForecast } from './use-forecast.ts';

/** A new job: of nothing, of a preset, or like another one (`?from=`). */
export default function ClusteringCreate() {
  const translate = useTranslate();
  const [search] = useSearchParams();
  const [dataset, setDataset] = useState<string | undefined>(search.get('dataset') ?? undefined);
  const [preset, setPreset] = useState(search.get('preset') ?? MANUAL);
  const presets = useQuestion(['presets', 'all'], PresetList, {});
  const [params, setParams] = useParams();
  const from = search.get('from');
  const earlier = useGetOne<ClusteringDetails>(
    'clusterings',
    { id: from ?? '', meta: WHOLE },
    { enabled: from !== null },
  );
  const forms = useQuestion(['clustering-forms'], ClusteringForms, {});
  const table = useGetOne<DatasetDetails>(
    'datasets',
    { id: dataset ?? '', meta: WHOLE },
    { enabled: dataset !== undefined },
  );
  const forecast = useForecast(dataset, params);
  const drafting = useDrafting(params, setParams, forecast.error);

  const job = earlier.data;
  const asked = search.get('preset');
  const began = presets.data?.presets.find(({ name }) => name === asked)?.params;
  useEffect(() => {
    if (isObject(began)) setParams(() => began);
  }, [began, setParams]);
  useEffect(() => {
    if (!job) return;
    setDataset(job.datasetVersion?.dataset.id);
    const known = job.parameters;
    if (isObject(known)) setParams(() => known);
  }, [job, setParams]);

  const error = forms.error ?? earlier.error;
  if (error) return <FailureNote error={error} onRetry={() => forms.refetch()} />;
  if (!forms.data || (from !== null && !job)) return <PageLoading />;
  return (
    <Box
      sx={{ display: 'grid', gap: 2, mt: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 320px' } }}
    >
      <Title title={translate(job ? 'clusterings.create.again_title' : 'clusterings.create.title')} />
      <Stack spacing={2} sx={{ minWidth: 0 }}>
        <DataSection dataset={dataset} onChange={setDataset}>
          {table.error && <FailureNote error={table.error} />}
          {table.data && <ColumnsSection key={table.data.id} dataset={table.data} drafting={drafting} />}
        </DataSection>
        <StartSection
          presets={presets.data?.presets ?? []}
          chosen={preset}
          onChange={(name, own) => {
            setPreset(name);
            // What was said of the table stays.
            const { columns, label_column } = params;
            drafting.start({ ...own, ...(columns ? { columns } : {}), ...(label_column ? { label_column } : {}) });
          }}
        />
        <StageSections
          key={`${preset} ${job?.id} ${began !== undefined}`}
          forms={forms.data.forms}
          drafting={drafting}
        />
      </Stack>
      <Box sx={{ position: { md: 'sticky' }, top: { md: 64 }, alignSelf: 'start', minWidth: 0 }}>
        <Panel title={translate('clusterings.forecast.title')}>
          <Stack spacing={2}>
            <ForecastPanel
              forecast={forecast.data}
              error={dataset === undefined ? null : forecast.error}
              told={drafting.problems}
            />
            <CreateButtons dataset={dataset} params={params} ready={forecast.isSuccess} />
          </Stack>
        </Panel>
      </Box>
    </Box>
  );
}
