import { Box } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { fixed } from '../../display/numbers.ts';
import { bandOf, type RiskLook } from './risk-look.ts';

export interface RiskScoreProps {
  readonly score: number;
  readonly look: RiskLook;
}

/** A score by number, length and colour, and its band by word for whoever does not see colours. */
export function RiskScore({ score, look }: RiskScoreProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const band = bandOf(score, look);
  const name = translate(`clusterings.risk.band.${band}`);
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }} data-band={band} title={name}>
      <Box sx={{ width: { xs: 40, sm: 90 }, height: 8, borderRadius: 4, bgcolor: 'action.hover', overflow: 'hidden' }}>
        <Box sx={{ width: `${100 * score}%`, height: 1, bgcolor: look.colors[band] }} />
      </Box>
      <Box component="span" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {fixed(score, 3, locale)}
      </Box>
      <Box component="span" sx={{ fontSize: 12, color: 'text.secondary', display: { xs: 'none', sm: 'inline' } }}>
        {name}
      </Box>
    </Box>
  );
}
