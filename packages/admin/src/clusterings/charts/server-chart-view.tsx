import { Box, useMediaQuery, useTheme } from '@mui/material';
import { useMemo } from 'react';
import { useEChart } from '../../charts/use-echart.ts';
import type { ServerChartProps } from './server-chart.tsx';
import { init } from './server-echarts.ts';
import { themedOption } from './themed-option.ts';

const make = (frame: HTMLElement) => init(frame);

/** Loaded with ECharts; use `ServerChart`. */
export default function ServerChartView({ option, title, height }: ServerChartProps) {
  const { palette, typography, breakpoints } = useTheme();
  const narrow = useMediaQuery(breakpoints.down('sm'));
  const themed = useMemo(
    () =>
      themedOption(option, {
        text: palette.text.primary,
        muted: palette.text.secondary,
        line: palette.divider,
        font: typography.fontFamily ?? 'sans-serif',
        narrow,
      }),
    [option, palette, typography, narrow],
  );
  const frame = useEChart(make, themed);
  return <Box ref={frame} role="img" aria-label={title} sx={{ height, width: '100%', minWidth: 0 }} />;
}
