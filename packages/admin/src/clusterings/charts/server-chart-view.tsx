import { Box, useMediaQuery, useTheme } from '@mui/material';
import { useMemo } from 'react';
import { useLocaleState } from 'react-admin';
import { useEChart } from '../../charts/use-echart.ts';
import { number } from '../../display/numbers.ts';
import { useJobWords } from '../../jobs/job-words.ts';
import type { ServerChartProps } from './server-chart.tsx';
import { init } from './server-echarts.ts';
import { themedOption } from './themed-option.ts';

const make = (frame: HTMLElement, locale: string) => init(frame, null, { locale });

/** Loaded with ECharts; use `ServerChart`. */
export default function ServerChartView({ option, title, height }: ServerChartProps) {
  const { palette, typography, breakpoints } = useTheme();
  const [locale] = useLocaleState();
  const { said } = useJobWords();
  const narrow = useMediaQuery(breakpoints.down('sm'));
  const themed = useMemo(
    () =>
      themedOption(option, {
        text: palette.text.primary,
        muted: palette.text.secondary,
        line: palette.divider,
        font: typography.fontFamily ?? 'sans-serif',
        narrow,
        title,
        words: said,
        number: (value) => number(value, locale),
      }),
    [option, title, palette, typography, narrow, said, locale],
  );
  const frame = useEChart(make, themed);
  return <Box ref={frame} role="img" aria-label={title} sx={{ height, width: '100%', minWidth: 0 }} />;
}
