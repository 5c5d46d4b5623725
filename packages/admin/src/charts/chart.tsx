import { Box, useTheme } from '@mui/material';
import { useEffect, useRef } from 'react';
import { type ChartData, chartOption } from './chart-option.ts';
import { init } from './echarts.ts';

export interface ChartProps extends ChartData {
  readonly title: string;
  readonly height: number;
}

/** Loaded with ECharts; use `LazyChart`. */
export default function Chart({ title, height, ...data }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);
  const { palette } = useTheme();
  const colors = {
    text: palette.text.secondary,
    line: palette.divider,
    series: [palette.primary.main, palette.secondary.main, palette.success.main, palette.warning.main],
  };
  const option = JSON.stringify(chartOption(data, colors));
  useEffect(() => {
    if (!frame.current) return;
    const made = init(frame.current, null, { renderer: 'svg' });
    chart.current = made;
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(frame.current);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(JSON.parse(option), true), [option]);
  return <Box ref={frame} role="img" aria-label={title} sx={{ height, width: '100%', minWidth: 0 }} />;
}
