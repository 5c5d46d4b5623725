import { type ChartOption, chartBase, clusterColour, sideLegend } from './chart.ts';

export interface Curve {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface CurveText {
  readonly title: string;
  readonly subtitle?: string;
  readonly xName: string;
  readonly yName: string;
  /** A place worth a vertical line: the number of clusters chosen, the knee. */
  readonly mark?: { readonly x: number; readonly name: string };
}

/** Longer curves are thinned by ECharts' LTTB, which keeps their shape (Steinarsson 2013). */
export function curveChart(curves: readonly Curve[], { title, subtitle, xName, yName, mark }: CurveText): ChartOption {
  const markLine = mark && {
    silent: true,
    symbol: 'none',
    lineStyle: { color: '#b3261e', type: 'dashed' as const },
    label: { formatter: mark.name, color: '#b3261e' },
    data: [{ xAxis: mark.x }],
  };
  return {
    ...chartBase(title, subtitle),
    ...(curves.length > 1
      ? { legend: sideLegend(curves.map(({ name }) => name)) }
      : { grid: { left: 72, right: 40, top: 76, bottom: 60 } }),
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'value', name: xName, nameLocation: 'middle', nameGap: 30, scale: true },
    yAxis: { type: 'value', name: yName, nameLocation: 'middle', nameGap: 52, scale: true },
    series: curves.map(({ name, x, y }, at) => ({
      type: 'line',
      name,
      showSymbol: x.length <= 40,
      sampling: 'lttb',
      itemStyle: { color: clusterColour(at) },
      lineStyle: { width: 2 },
      data: Array.from(x, (value, place) => [value, Number(y[place].toPrecision(6))]),
      ...(at === 0 && markLine ? { markLine } : {}),
    })),
  };
}
