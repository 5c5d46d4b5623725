import { Box, LinearProgress, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { duration } from './durations.ts';
import { percent } from './numbers.ts';

export interface ShareBarProps {
  /** 0 to 1. */
  readonly share: number;
  readonly label: string;
  readonly etaSeconds?: number | null;
  readonly color?: 'primary' | 'success' | 'error' | 'warning' | 'inherit';
}

/** How much is done, and how long the rest will take where somebody knows. */
export function ShareBar({ share, label, etaSeconds, color = 'primary' }: ShareBarProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const eta = etaSeconds == null ? '' : translate('display.eta', { time: duration(etaSeconds, locale) });
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 120 }}>
      <LinearProgress
        variant="determinate"
        value={Math.round(share * 100)}
        color={color}
        aria-label={label}
        sx={{ flex: 1, minWidth: 60 }}
      />
      <Typography variant="body2" component="span" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
        {percent(share, locale)}
        {eta && <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>{`${eta}`}</Box>}
      </Typography>
    </Box>
  );
}
