import { Box, useTheme } from '@mui/material';
import { useMemo } from 'react';
import { useLocaleState } from 'react-admin';
import { number } from '../display/numbers.ts';
import { type ChartData, chartOption } from './chart-option.ts';
import { init } from './echarts.ts';
import { useEChart } from './use-echart.ts';

export interface ChartProps extends ChartData {
  readonly title: string;
  readonly height: number;
}

const make = (frame: HTMLElement, locale: string) => init(frame, null, { renderer: 'svg', locale });

/** Loaded with ECharts; use `LazyChart`. */
export default function Chart({ title, height, ...data }: ChartProps) {
  const { palette } = useTheme();
  const [locale] = useLocaleState();
  const colors = {
    text: palette.text.secondary,
    line: palette.divider,
    series: [palette.primary.main, palette.secondary.main, palette.success.main, palette.warning.main],
  };
  // Data are made anew with each news, mostly the same.
  const said = JSON.stringify({ data, look: { title, ...colors } });
  const option = useMemo(() => {
    const { data: same, look } = JSON.parse(said) as {
      readonly data: ChartData;
      readonly look: typeof colors & { title: string };
    };
    return chartOption(same, { ...look, number: (value) => number(value, locale) });
  }, [said, locale]);
  const frame = useEChart(make, option);
  return <Box ref={frame} role="img" aria-label={title} sx={{ height, width: '100%', minWidth: 0 }} />;
}
