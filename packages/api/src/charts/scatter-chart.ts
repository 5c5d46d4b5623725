import { type ChartOption, chartBase, clusterColour, clusterName, sideLegend } from './chart.ts';
import type { PointCells } from './point-cells.ts';

export interface ScatterText {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
}

/** Marks of a picture: as many as make an SVG of some 280 KB. */
export const MOST_MARKS = 1200;

/** Clusters by colour; a cell of many points is the larger the more they are. */
export function scatterChart({ cells, points, exact, window }: PointCells, text: ScatterText): ChartOption {
  const labels = [...new Set(cells.map(({ label }) => label))].sort((a, b) => a - b);
  const largest = cells.reduce((most, { count }) => Math.max(most, count), 1);
  const sizeOf = (count: number) =>
    exact ? (points > 800 ? 5 : 8) : round(3.5 + (9.5 * Math.log(count)) / Math.log(Math.max(2, largest)), 1);
  const number = new Intl.NumberFormat('en').format;
  const subtitle = exact
    ? `${number(points)} points`
    : `${number(points)} points in ${number(cells.length)} marks; larger ones stand for up to ${number(largest)}`;
  return {
    ...chartBase(text.title, subtitle),
    legend: sideLegend(labels.map(clusterName)),
    tooltip: { trigger: 'item' },
    xAxis: { ...axis(text.xName, 28), min: window.x[0], max: window.x[1] },
    yAxis: { ...axis(text.yName, 48), min: window.y[0], max: window.y[1] },
    series: labels.map((label) => ({
      type: 'scatter',
      name: clusterName(label),
      itemStyle: { color: clusterColour(label), opacity: exact ? 0.75 : 0.6 },
      encode: { x: 0, y: 1, tooltip: [0, 1, 2] },
      dimensions: [text.xName, text.yName, 'rows'],
      data: cells
        .filter((cell) => cell.label === label)
        .map(({ x, y, count }) => ({ value: [significant(x), significant(y), count], symbolSize: sizeOf(count) })),
    })),
  };
}

const axis = (name: string, nameGap: number) => ({
  type: 'value' as const,
  name,
  nameLocation: 'middle' as const,
  nameGap,
  scale: true,
  axisLine: { onZero: false },
  axisLabel: { showMinLabel: false, showMaxLabel: false },
  splitLine: { lineStyle: { color: '#eceff1' } },
});

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const significant = (value: number) => Number(value.toPrecision(5));
