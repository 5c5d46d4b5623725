import { type ChartOption, chartBase } from './chart.ts';

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly colour?: string;
}

/** Names to the left, longest first as given. */
export function barChart(bars: readonly Bar[], title: string, valueName: string, subtitle?: string): ChartOption {
  return {
    ...chartBase(title, subtitle),
    grid: { left: 190, right: 90, top: 76, bottom: 56 },
    xAxis: { type: 'value', name: valueName, nameLocation: 'middle', nameGap: 30 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { width: 170, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 26,
        label: { show: true, position: 'right', fontSize: 11 },
        data: bars.map(({ value, colour }) => ({
          value: Number(value.toPrecision(5)),
          itemStyle: { color: colour ?? '#0072b2' },
        })),
      },
    ],
  };
}
