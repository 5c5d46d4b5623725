import { Box, useMediaQuery, useTheme } from '@mui/material';
import { useEffect, useMemo, useRef } from 'react';
import type { ServerChartProps } from './server-chart.tsx';
import { init } from './server-echarts.ts';
import { themedOption } from './themed-option.ts';

/** Loaded with ECharts; use `ServerChart`. */
export default function ServerChartView({ option, title, height }: ServerChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);
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
  useEffect(() => {
    if (!frame.current) return;
    const made = init(frame.current);
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(frame.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(themed, true), [themed]);
  return <Box ref={frame} role="img" aria-label={title} sx={{ height, width: '100%', minWidth: 0 }} />;
}
