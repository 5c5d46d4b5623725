import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { percent } from '../display/numbers.ts';
import type { DriftColumn } from './version-documents.ts';

type Bar = DriftColumn['bars'][number];

export interface DistributionChartProps {
  readonly title: string;
  readonly column: DriftColumn;
}

/** Few numbers are read more easily as rows. */
const FEW = 3;

/** Both distributions over each other: numbers as steps along their axis, categories as a row each. */
export function DistributionChart({ title, column }: DistributionChartProps) {
  const steps = column.kind === 'numerical' && column.bars.length > FEW;
  return steps ? <Steps title={title} bars={column.bars} /> : <CategoryRows title={title} bars={column.bars} />;
}

interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const mostOf = (bars: readonly Bar[]) =>
  Math.max(1e-9, ...bars.flatMap(({ rest, current, reference }) => (rest ? [] : [current, reference ?? 0])));

const WIDTH = 320;
const HEIGHT = 96;

function Steps({ title, bars }: BarsProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const most = mostOf(bars);
  const step = WIDTH / bars.length;
  const path = (share: (bar: Bar) => number) =>
    `M0 ${HEIGHT}${bars.map((bar, at) => `V${(HEIGHT - (HEIGHT - 2) * (share(bar) / most)).toFixed(1)}H${((at + 1) * step).toFixed(1)}`).join('')}V${HEIGHT}`;
  const compared = bars.every(({ reference }) => reference !== null);
  const peak = bars.reduce((best, bar) => (bar.current > best.current ? bar : best));
  const spoken = translate('versions.drift.spoken', { title, label: peak.label, share: percent(peak.current, locale) });
  return (
    <>
      <Box
        component="svg"
        role="img"
        aria-label={spoken}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        sx={{ width: '100%', height: HEIGHT, display: 'block' }}
      >
        {compared && (
          <Box
            component="path"
            d={path(({ reference }) => reference ?? 0)}
            sx={{ fill: ({ palette }) => palette.text.secondary, opacity: 0.35 }}
          />
        )}
        <Box
          component="path"
          d={path(({ current }) => current)}
          vectorEffect="non-scaling-stroke"
          sx={{ fill: 'none', strokeWidth: 2, stroke: ({ palette }) => palette.primary.main }}
        />
      </Box>
      <Typography
        variant="body2"
        color="textSecondary"
        component="div"
        aria-hidden="true"
        sx={{ display: 'flex', justifyContent: 'space-between' }}
      >
        <span>{bars[0]?.label}</span>
        <span>{percent(most, locale)}</span>
        <span>{bars.at(-1)?.label}</span>
      </Typography>
    </>
  );
}

function CategoryRows({ title, bars }: BarsProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const most = mostOf(bars);
  const width = (share: number) => `${(100 * share) / most}%`;
  return (
    <Box component="ul" aria-label={title} sx={{ listStyle: 'none', p: 0, m: 0 }}>
      {bars.map(({ label, reference, current, rest }) => (
        <Box component="li" key={label} sx={ROW}>
          <Typography variant="body2" noWrap title={label}>
            {label === '' ? translate('versions.drift.no_value') : label}
          </Typography>
          <Box aria-hidden="true" sx={{ position: 'relative', height: 16 }}>
            {!rest && (
              <>
                <Box
                  sx={{
                    position: 'absolute',
                    inset: '1px auto 1px 0',
                    width: width(reference ?? 0),
                    bgcolor: 'text.secondary',
                    opacity: 0.35,
                  }}
                />
                <Box
                  sx={{ position: 'absolute', inset: '5px auto 5px 0', width: width(current), bgcolor: 'primary.main' }}
                />
              </>
            )}
          </Box>
          <Typography variant="body2" align="right" noWrap sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {reference === null
              ? percent(current, locale)
              : `${percent(reference, locale)} → ${percent(current, locale)}`}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

const ROW = {
  display: 'grid',
  gridTemplateColumns: 'minmax(56px, 1.2fr) minmax(48px, 2fr) 104px',
  columnGap: 1,
  alignItems: 'center',
} as const;
