import RunIcon from '@mui/icons-material/PlayArrowOutlined';
import { Button, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Title, useGetOne, useNotify, useTranslate } from 'react-admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { ColumnsSection } from '../clusterings/create/columns-section.tsx';
import { DataSection } from '../clusterings/create/data-section.tsx';
import { isObject, type Params } from '../clusterings/create/draft.ts';
import { SchemaForm } from '../clusterings/create/schema-form.tsx';
import { useDrafting, useParams } from '../clusterings/create/use-draft.ts';
import { requestName } from '../clusterings/method-name.ts';
import { WHOLE } from '../data/whole-record.ts';
import type { DatasetDetails } from '../datasets/dataset-resource.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { Panel } from '../display/panel.tsx';
import { type Failure, succeeded } from '../graphql/failure.ts';
import type { Variables } from '../graphql/graphql.ts';
import { useAsk, useQuestion } from '../graphql/use-ask.tsx';
import type { Job } from '../jobs/job-resource.ts';
import { JOB_KINDS, refetchSoon } from '../live/refetch-soon.ts';
import { CreateSearch, SearchForm } from './search-documents.ts';
import type { SearchDetails } from './search-resource.ts';

/** Of the form, what the part on the data asks for. */
const OF_DATA = ['columns', 'label_column', 'feature_groups', 'column_groups', 'row_filter'];

/** Of the form, lists of methods: jobs have other spellings of their names than the form's choices. */
const OF_METHODS = ['methods', 'reductions'];

/** What a search was asked for, as the form says it. */
function paramsOf({ parameters }: SearchDetails): Params {
  const known = isObject(parameters) ? parameters : {};
  return Object.fromEntries(
    Object.entries(known).map(([name, value]) => [
      name,
      OF_METHODS.includes(name) && Array.isArray(value) ? value.map((method) => requestName(String(method))) : value,
    ]),
  );
}

/** A new search: on which table, for how long, among what; or like another one (`?from=`). */
export default function SearchCreate() {
  const translate = useTranslate();
  const ask = useAsk();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const [dataset, setDataset] = useState(search.get('dataset') ?? undefined);
  const [params, setParams] = useParams();
  const from = search.get('from');
  const earlier = useGetOne<SearchDetails>('searches', { id: from ?? '', meta: WHOLE }, { enabled: from !== null });
  const form = useQuestion(['clustering-search-form'], SearchForm, {});
  const table = useGetOne<DatasetDetails>(
    'datasets',
    { id: dataset ?? '', meta: WHOLE },
    { enabled: dataset !== undefined },
  );
  const create = useMutation<Job, Failure, Variables<typeof CreateSearch>>({
    mutationFn: async (variables) => succeeded((await ask(CreateSearch, variables)).result),
    onSuccess: (job) => {
      refetchSoon(client, JOB_KINDS);
      notify('searches.create.done', { type: 'info' });
      navigate(`/searches/${encodeURIComponent(job.id)}/show`);
    },
  });
  const drafting = useDrafting(params, setParams, create.error);
  const job = earlier.data;
  useEffect(() => {
    if (!job) return;
    setDataset(job.datasetVersion?.dataset.id);
    setParams(() => paramsOf(job));
  }, [job, setParams]);
  const error = form.error ?? earlier.error;
  if (error) return <FailureNote error={error} onRetry={() => form.refetch()} />;
  if (!form.data || (from !== null && !job)) return <PageLoading />;
  const schema = form.data.form;
  const counts = isObject(schema) && isObject(schema.properties) ? schema.properties.n_clusters : undefined;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate(job ? 'searches.create.again_title' : 'searches.create.label')} />
      <DataSection dataset={dataset} onChange={setDataset}>
        {table.data?.table && (
          <ColumnsSection key={table.data.id} dataset={table.data} drafting={drafting} places={false} />
        )}
      </DataSection>
      <Panel title={translate('searches.create.budget')}>
        <Typography variant="body2" color="textSecondary">
          {translate('searches.create.about')}
        </Typography>
        <SchemaForm owner="search" schema={schema} path={[]} drafting={drafting} first={2} without={OF_DATA} />
        <Typography variant="subtitle2" component="h3" sx={{ mt: 2 }}>
          {translate('searches.counts')}
        </Typography>
        <SchemaForm owner="search" schema={counts} path={['n_clusters']} drafting={drafting} />
      </Panel>
      {create.error && <FailureNote error={create.error} />}
      <Stack direction="row">
        <Button
          variant="contained"
          startIcon={<RunIcon />}
          disabled={dataset === undefined || create.isPending}
          onClick={() => dataset !== undefined && create.mutate({ dataset, params })}
        >
          {translate('searches.create.start')}
        </Button>
      </Stack>
    </Stack>
  );
}
