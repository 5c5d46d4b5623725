interface ChartSeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  readonly kind: 'line' | 'bar';
  readonly x: readonly (string | number)[];
  readonly series: readonly ChartSeries[];
}

interface ChartLook {
  /** Which the page shows beside the chart; here it is for screen readers. */
  readonly title: string;
  readonly text: string;
  readonly line: string;
  readonly series: readonly string[];
  /** As the console's language writes them. */
  readonly number: (value: number) => string;
}

/** ECharts' option for plain series over one axis, in the colours of the theme. */
export function chartOption({ kind, x, series }: ChartData, look: ChartLook): Readonly<Record<string, unknown>> {
  const { title, text, line, series: colors, number } = look;
  const axis = {
    axisLabel: { color: text },
    axisLine: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    color: colors,
    animation: false,
    title: { text: title, show: false },
    aria: { enabled: true },
    grid: { left: 8, right: 12, top: series.length > 1 ? 32 : 12, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => numberOr(value, number) },
    ...(series.length > 1 ? { legend: { top: 0, textStyle: { color: text } } } : {}),
    xAxis: { type: 'category', data: x.map((each) => numberOr(each, number)), boundaryGap: kind === 'bar', ...axis },
    yAxis: { type: 'value', scale: kind === 'line', ...axis, axisLabel: { ...axis.axisLabel, formatter: number } },
    series: series.map(({ name, values }) => ({
      type: kind,
      name,
      data: values,
      showSymbol: values.length < 40,
      ...(kind === 'bar' && series.length > 1 ? { barGap: '-100%', itemStyle: { opacity: 0.6 } } : {}),
    })),
  };
}

const numberOr = (value: unknown, number: (value: number) => string): string =>
  typeof value === 'number' ? number(value) : String(value ?? '—');
