interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  readonly kind: 'line' | 'bar';
  readonly x: readonly (string | number)[];
  readonly series: readonly ChartSeries[];
}

interface Colors {
  readonly text: string;
  readonly line: string;
  readonly series: readonly string[];
}

/** ECharts' option for plain series over one axis, in the colours of the theme. */
export function chartOption({ kind, x, series }: ChartData, { text, line, series: colors }: Colors): object {
  const axis = {
    axisLabel: { color: text },
    axisLine: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    color: colors,
    animation: false,
    aria: { enabled: true },
    grid: { left: 8, right: 12, top: series.length > 1 ? 32 : 12, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis' },
    ...(series.length > 1 ? { legend: { top: 0, textStyle: { color: text } } } : {}),
    xAxis: { type: 'category', data: x, boundaryGap: kind === 'bar', ...axis },
    yAxis: { type: 'value', scale: kind === 'line', ...axis },
    series: series.map(({ name, values }) => ({
      type: kind,
      name,
      data: values,
      showSymbol: values.length < 40,
      ...(kind === 'bar' && series.length > 1 ? { barGap: '-100%', itemStyle: { opacity: 0.6 } } : {}),
    })),
  };
}
