import { type ChartOption, chartBase } from './chart.ts';

export interface Contribution {
  readonly feature: string;
  readonly value: number;
  readonly contribution: number;
}

const UP = '#d55e00';
const DOWN = '#0072b2';
const TOTAL = '#5f6368';

/**
 * From the base value over each contribution to the score: what raises it is orange, what lowers it blue. The largest come first; beyond
 * `most` they are one bar.
 */
export function waterfallChart(
  base: number,
  contributions: readonly Contribution[],
  title: string,
  most = 14,
): ChartOption {
  const ordered = contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const rest = ordered.slice(most);
  const steps = [
    ...ordered
      .slice(0, most)
      .map(({ feature, value, contribution }) => ({ name: `${feature} = ${short(value)}`, contribution })),
    ...(rest.length > 0
      ? [{ name: `${rest.length} others`, contribution: rest.reduce((sum, one) => sum + one.contribution, 0) }]
      : []),
  ];
  let at = base;
  const bars = steps.map(({ name, contribution }) => {
    const from = at;
    at += contribution;
    return { name, low: Math.min(from, at), length: Math.abs(contribution), contribution };
  });
  const rows = [
    { name: 'base', low: 0, length: base, colour: TOTAL, text: short(base) },
    ...bars.map(({ name, low, length, contribution }) => ({
      name,
      low,
      length,
      colour: contribution >= 0 ? UP : DOWN,
      text: `${contribution >= 0 ? '+' : '−'}${short(Math.abs(contribution))}`,
    })),
    { name: 'score', low: 0, length: at, colour: TOTAL, text: short(at) },
  ];
  return {
    ...chartBase(title, `base ${short(base)}, score ${short(at)}`),
    grid: { left: 240, right: 60, top: 76, bottom: 50 },
    xAxis: { type: 'value', scale: true },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisLabel: { width: 220, overflow: 'truncate' },
    },
    series: [
      // An unseen bar carries each one to where it begins.
      {
        type: 'bar',
        stack: 'steps',
        stackStrategy: 'all',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: rows.map(({ low }) => low),
      },
      {
        type: 'bar',
        stack: 'steps',
        stackStrategy: 'all',
        barMaxWidth: 24,
        data: rows.map(({ length, colour, text }) => ({
          value: length,
          itemStyle: { color: colour },
          label: { show: true, position: 'right' as const, formatter: text, fontSize: 11 },
        })),
      },
    ],
  };
}

const short = (value: number) => String(Number(value.toPrecision(4)));
