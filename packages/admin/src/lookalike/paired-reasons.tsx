import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { signed } from '../display/signed-number.ts';
import { useFeatureName } from './feature-name.ts';
import type { ReasonPair } from './overlap.ts';

/** For each reason a bar of either offer from the same line, those first that are furthest apart. */
export function PairedReasons({ pairs }: { readonly pairs: readonly ReasonPair[] }) {
  const translate = useTranslate();
  const nameOf = useFeatureName();
  const [locale] = useLocaleState();
  const all = pairs.flatMap(({ first, second }) => [first, second]);
  const low = Math.min(0, ...all);
  const span = Math.max(0, ...all) - low || 1;
  const bar = (value: number, bgcolor: string, top: number) => (
    <Box
      sx={{
        position: 'absolute',
        top,
        height: 8,
        left: `${(100 * (Math.min(0, value) - low)) / span}%`,
        width: value === 0 ? 0 : `max(2px, ${(100 * Math.abs(value)) / span}%)`,
        borderRadius: 0.5,
        bgcolor,
      }}
    />
  );
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>
        {translate('lookalike.compare.reasons_hint')}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }} aria-label={translate('lookalike.compare.reasons')}>
        {pairs.map(({ feature, first, second }) => (
          <Box component="li" key={feature} sx={ROW}>
            <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
              {nameOf(feature)}
            </Typography>
            <Box
              aria-hidden="true"
              sx={{
                position: 'relative',
                height: 20,
                gridColumn: { xs: '1 / -1', sm: 'auto' },
                order: { xs: 3, sm: 0 },
              }}
            >
              <Box
                sx={{
                  position: 'absolute',
                  left: `${(100 * -low) / span}%`,
                  top: 0,
                  bottom: 0,
                  width: '1px',
                  bgcolor: 'divider',
                }}
              />
              {bar(first, 'primary.main', 1)}
              {bar(second, 'secondary.main', 11)}
            </Box>
            <Typography variant="body2" align="right" sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
              {signed(first, locale)} / {signed(second, locale)}
            </Typography>
          </Box>
        ))}
      </Box>
    </>
  );
}

const ROW = {
  display: 'grid',
  columnGap: 1,
  alignItems: 'center',
  py: 0.5,
  gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', sm: 'minmax(120px, 2fr) 3fr 112px' },
} as const;
