import { MenuItem, Skeleton, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { LazyChart } from '../charts/lazy-chart.tsx';
import { FailureNote } from '../display/failure-note.tsx';
import { Panel } from '../display/panel.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { ModelMetrics } from './model-documents.ts';
import { named } from './named-values.ts';

/** One metric over the last versions, oldest first. */
export function MetricsOverVersions() {
  const translate = useTranslate();
  const [chosen, setChosen] = useState('map_at_100');
  const { data, error, refetch } = useQuestion(['models', 'metrics'], ModelMetrics, {});
  const versions = data?.modelVersions.nodes.toReversed() ?? [];
  const keys = [...new Set(versions.flatMap(({ trainMetrics }) => trainMetrics.map(({ key }) => key)))].sort();
  if (data && keys.length === 0) return null;
  const metric = keys.includes(chosen) ? chosen : keys[0];
  return (
    <Panel
      title={translate('models.over_versions')}
      action={
        metric && (
          <TextField
            select
            size="small"
            fullWidth={false}
            label={translate('models.metric')}
            value={metric}
            onChange={({ target }) => setChosen(target.value)}
            sx={{ minWidth: 200 }}
          >
            {keys.map((key) => (
              <MenuItem key={key} value={key}>
                {key}
              </MenuItem>
            ))}
          </TextField>
        )
      }
    >
      {error && <FailureNote error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton variant="rounded" height={220} />}
      {metric && (
        <LazyChart
          title={metric}
          kind="line"
          x={versions.map(({ version }) => version)}
          series={[{ name: metric, values: versions.map(({ trainMetrics }) => named(trainMetrics, metric) ?? null) }]}
        />
      )}
    </Panel>
  );
}
