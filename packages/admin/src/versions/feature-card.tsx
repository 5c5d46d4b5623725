import { Box, Stack, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../display/numbers.ts';
import { StatusChip } from '../display/status-chip.tsx';
import { DistributionChart } from './distribution-chart.tsx';
import type { DriftFeature } from './drift-features.ts';

/** One feature: what moved, by how much of what would be told, and both distributions. */
export function FeatureCard({ feature }: { readonly feature: DriftFeature }) {
  const translate = useTranslate();
  const { column, drifted, effectSize } = feature;
  const name = translate(`versions.feature.${feature.feature}`, { _: feature.description });
  return (
    <Box
      component="li"
      data-feature={feature.feature}
      sx={{ border: 1, borderColor: drifted ? 'warning.main' : 'divider', borderRadius: 1, p: 1.5, minWidth: 0 }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, alignItems: 'flex-start' }}>
        <Typography variant="subtitle2" component="h3" sx={{ overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        {effectSize !== undefined && (
          <StatusChip
            status={drifted ? 'degraded' : 'ok'}
            label={translate(drifted ? 'versions.drift.drifted' : 'versions.drift.stable')}
          />
        )}
      </Stack>
      <FeatureNumbers feature={feature} />
      {column && column.bars.length > 0 && <DistributionChart title={name} column={column} />}
    </Box>
  );
}

function FeatureNumbers({ feature }: { readonly feature: DriftFeature }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { reference, current, effectSize, threshold, pValue, statistics } = feature;
  const show = (value: number) => number(value, locale);
  const told = [
    reference !== undefined && current !== undefined && `${show(reference)} → ${show(current)}`,
    effectSize !== undefined &&
      threshold !== undefined &&
      translate('versions.drift.effect', { effect: show(effectSize), threshold: show(threshold) }),
    pValue !== undefined && `p ${show(pValue)}`,
    ...statistics.map(
      ([name, value]) => `${translate(`versions.drift.statistic.${name}`, { _: name })} ${show(value)}`,
    ),
  ].filter((text) => text !== false);
  if (told.length === 0) return null;
  return (
    <Typography variant="body2" color="textSecondary" sx={{ mb: 1, fontVariantNumeric: 'tabular-nums' }}>
      {told.join(' · ')}
    </Typography>
  );
}
