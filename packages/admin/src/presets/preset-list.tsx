import RunIcon from '@mui/icons-material/PlayArrowOutlined';
import { Box, Button, Card, Chip, Collapse, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { DeleteButton, ListBase, RecordContextProvider, Title, useListContext, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { May, useMay } from '../access/use-me.tsx';
import { isObject, valueAt } from '../clusterings/create/draft.ts';
import { useMethodName } from '../clusterings/method-name.ts';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { ParameterTable } from '../jobs/parameter-table.tsx';
import type { Preset } from './preset-resource.ts';

/** Parameters of clusterings under names: to begin jobs with, to look into, to delete. */
export default function PresetList() {
  return (
    <ListBase perPage={100}>
      <Presets />
    </ListBase>
  );
}

function Presets() {
  const translate = useTranslate();
  const { data, error, isPending, refetch } = useListContext<Preset>();
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (isPending || !data) return <PageLoading />;
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={translate('resources.presets.name', { smart_count: 2 })} />
      <Typography color="textSecondary">{translate('presets.about')}</Typography>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 340px), 1fr))' }}>
        {data.map((preset) => (
          <PresetCard key={preset.id} preset={preset} />
        ))}
      </Box>
    </Stack>
  );
}

function PresetCard({ preset }: { readonly preset: Preset }) {
  const translate = useTranslate();
  const methodName = useMethodName();
  const mayDelete = useMay('deletePreset');
  const [open, setOpen] = useState(false);
  const { name, description, builtIn, params } = preset;
  const chain = ['feature_selection', 'dimensionality_reduction', 'clustering'].flatMap((stage) => {
    const method = valueAt(params, [stage, 'method']);
    return typeof method === 'string' && method !== 'none' ? [methodName(method)] : [];
  });
  return (
    <RecordContextProvider value={preset}>
      <Card component="article" data-preset={name} sx={{ p: 2, alignSelf: 'start', minWidth: 0 }}>
        <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, alignItems: 'start' }}>
          <Typography variant="h6" component="h2" sx={{ overflowWrap: 'anywhere' }}>
            {translate(`clusterings.preset.${name}.title`, { _: name })}
          </Typography>
          {builtIn && <Chip size="small" variant="outlined" label={translate('presets.built_in')} />}
        </Stack>
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
          {translate(`clusterings.preset.${name}.text`, { _: description || '—' })}
        </Typography>
        <Typography variant="body2">{chain.join(' → ')}</Typography>
        <Stack direction="row" sx={{ mt: 1, gap: 1, flexWrap: 'wrap' }}>
          <May mutation="createClusteringJob">
            <Button
              size="small"
              startIcon={<RunIcon />}
              component={Link}
              to={`/clusterings/create?preset=${encodeURIComponent(name)}`}
            >
              {translate('presets.use')}
            </Button>
          </May>
          <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
            {translate('jobs.parameters')}
          </Button>
          {mayDelete && !builtIn && (
            <DeleteButton
              resource="presets"
              mutationMode="undoable"
              redirect={false}
              size="small"
              successMessage="presets.removed"
            />
          )}
        </Stack>
        <Collapse in={open} unmountOnExit>
          <Box sx={{ overflowX: 'auto' }}>
            <ParameterTable columns={[isObject(params) ? params : {}]} empty="" />
          </Box>
        </Collapse>
      </Card>
    </RecordContextProvider>
  );
}
