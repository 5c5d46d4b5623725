import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { LazyChart } from '../charts/lazy-chart.tsx';
import { Panel } from '../display/panel.tsx';
import { useOverviewVersions } from './use-overview.ts';

/** Drift and quality from version to version; one alone makes no line. */
export function TrendsPanel() {
  const translate = useTranslate();
  const { data } = useOverviewVersions();
  const drift = data?.driftReports.nodes.toReversed() ?? [];
  const quality = data?.validationResults.nodes.toReversed() ?? [];
  if (drift.length < 2 && quality.length < 2) return null;
  return (
    <Panel title={translate('overview.trends')}>
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' } }}
      >
        {drift.length > 1 && (
          <LazyChart
            kind="line"
            title={translate('overview.drift.over_time')}
            x={drift.map(({ datasetVersion }) => datasetVersion.name)}
            series={[{ name: translate('overview.drift.score'), values: drift.map(({ driftScore }) => driftScore) }]}
          />
        )}
        {quality.length > 1 && (
          <LazyChart
            kind="line"
            title={translate('overview.quality.over_time')}
            x={quality.map(({ datasetVersion }) => datasetVersion.name)}
            series={[
              {
                name: translate('overview.quality.share'),
                values: quality.map(({ checksPassed, checksTotal }) => checksPassed / Math.max(1, checksTotal)),
              },
            ]}
          />
        )}
      </Box>
    </Panel>
  );
}
