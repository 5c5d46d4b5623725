import { Box, Typography } from '@mui/material';
import { useLocaleState } from 'react-admin';
import { signed } from './signed-number.ts';

export interface SignedBar {
  readonly label: string;
  readonly value: number;
  /** Where the bar begins; 0 unless it goes on from another one. */
  readonly from?: number;
  /** A level that is reached rather than a change. */
  readonly total?: boolean;
}

export interface SignedBarsProps {
  readonly title: string;
  readonly bars: readonly SignedBar[];
}

/** Numbers above and below nothing, a row for each: raising ones to the right, lowering ones to the left. */
export function SignedBars({ title, bars }: SignedBarsProps) {
  const [locale] = useLocaleState();
  const ends = bars.flatMap(({ from = 0, value }) => [from, from + value]);
  const low = Math.min(0, ...ends);
  const span = Math.max(0, ...ends) - low || 1;
  const at = (value: number) => `${(100 * (value - low)) / span}%`;
  return (
    <Box component="ul" aria-label={title} sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', rowGap: 0.75 }}>
      {bars.map(({ label, value, from = 0, total = false }) => (
        <Box
          component="li"
          key={label}
          sx={{
            display: 'grid',
            columnGap: 1,
            alignItems: 'center',
            gridTemplateColumns: 'minmax(0, 1fr) auto',
            ...WIDE,
          }}
        >
          <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
            {label}
          </Typography>
          <Typography
            variant="body2"
            sx={{
              fontVariantNumeric: 'tabular-nums',
              textAlign: 'right',
              order: { sm: 3 },
              fontWeight: total ? 600 : 400,
            }}
          >
            {signed(value, locale, total)}
          </Typography>
          <Box
            aria-hidden="true"
            sx={{ position: 'relative', height: 14, gridColumn: { xs: '1 / -1', sm: 'auto' }, order: { sm: 2 } }}
          >
            <Box sx={{ position: 'absolute', left: at(0), top: -3, bottom: -3, width: '1px', bgcolor: 'divider' }} />
            <Box
              sx={{
                position: 'absolute',
                top: 2,
                bottom: 2,
                left: at(Math.min(from, from + value)),
                width: `max(2px, ${(100 * Math.abs(value)) / span}%)`,
                borderRadius: 0.5,
                bgcolor: total ? 'text.secondary' : value < 0 ? 'secondary.main' : 'primary.main',
              }}
            />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

const WIDE = { '@media (min-width: 600px)': { gridTemplateColumns: 'minmax(120px, 2fr) 3fr 64px' } };
