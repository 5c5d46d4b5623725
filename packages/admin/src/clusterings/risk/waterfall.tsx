import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../../display/numbers.ts';
import type { Explanation } from './waterfall-dialog.tsx';
import { waterfallSteps } from './waterfall-steps.ts';

const MOST = 14;
const UP = '#d55e00';
const DOWN = '#0072b2';
const SUM = '#7a7f87';

/** From the base over each contribution to the score, as bars below each other. */
export function Waterfall({ explanation }: { readonly explanation: Explanation }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { base, score, contributions } = explanation;
  const { steps, others } = waterfallSteps(base, contributions, MOST);
  const rows = [
    {
      key: 'base',
      name: translate('clusterings.risk.base'),
      from: 0,
      to: base,
      color: SUM,
      text: number(base, locale),
    },
    ...steps.map(({ name, value, from, to }) => ({
      key: name,
      name:
        value === null
          ? translate('clusterings.risk.others', { smart_count: others })
          : `${name} = ${number(value, locale)}`,
      from,
      to,
      color: to >= from ? UP : DOWN,
      text: `${to >= from ? '+' : '−'}${number(Math.abs(to - from), locale)}`,
    })),
    {
      key: 'score',
      name: translate('clusterings.risk.score'),
      from: 0,
      to: score,
      color: SUM,
      text: number(score, locale),
    },
  ];
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(0, ...ends), Math.max(...ends)];
  const place = (value: number) => (100 * (value - low)) / (high - low || 1);
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.5 }} data-waterfall>
      {rows.map(({ key, name, from, to, color, text }) => (
        <Box
          component="li"
          key={key}
          sx={{ display: 'grid', gridTemplateColumns: 'minmax(90px, 34%) 1fr 64px', gap: 1, alignItems: 'center' }}
        >
          <Typography variant="body2" noWrap title={name}>
            {name}
          </Typography>
          <Box sx={{ position: 'relative', height: 18, bgcolor: 'action.hover', borderRadius: 0.5 }}>
            <Box
              sx={{
                position: 'absolute',
                top: 2,
                bottom: 2,
                left: `${place(Math.min(from, to))}%`,
                width: `${Math.max(0.4, Math.abs(place(to) - place(from)))}%`,
                bgcolor: color,
                borderRadius: 0.5,
              }}
            />
          </Box>
          <Typography variant="body2" align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {text}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
