import { Box, useTheme } from '@mui/material';
import { useMemo } from 'react';
import { type ChartData, chartOption } from './chart-option.ts';
import { init } from './echarts.ts';
import { useEChart } from './use-echart.ts';

export interface ChartProps extends ChartData {
  readonly title: string;
  readonly height: number;
}

const make = (frame: HTMLElement) => init(frame, null, { renderer: 'svg' });

/** Loaded with ECharts; use `LazyChart`. */
export default function Chart({ title, height, ...data }: ChartProps) {
  const { palette } = useTheme();
  const colors = {
    text: palette.text.secondary,
    line: palette.divider,
    series: [palette.primary.main, palette.secondary.main, palette.success.main, palette.warning.main],
  };
  const option = JSON.stringify(chartOption(data, colors));
  const frame = useEChart(
    make,
    useMemo(() => JSON.parse(option), [option]),
  );
  return <Box ref={frame} role="img" aria-label={title} sx={{ height, width: '100%', minWidth: 0 }} />;
}
