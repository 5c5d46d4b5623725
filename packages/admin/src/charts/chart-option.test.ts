import { expect, it } from 'vitest';
import { chartOption } from './chart-option.ts';

const LOOK = {
  title: 'Задержка',
  text: '#111',
  line: '#ccc',
  series: ['#00f'],
  number: (value: number) => value.toLocaleString('ru'),
};

it('writes numbers as the console’s language does, and tells readers the title', () => {
  const option = chartOption({ kind: 'line', x: [1000, 'v2'], series: [{ name: 'p50', values: [1.5, null] }] }, LOOK);
  expect(option).toMatchObject({ title: { text: 'Задержка', show: false }, xAxis: { data: ['1\u00a0000', 'v2'] } });
  const { yAxis, tooltip } = option as {
    yAxis: { axisLabel: { formatter: (value: number) => string } };
    tooltip: { valueFormatter: (value: unknown) => string };
  };
  expect(yAxis.axisLabel.formatter(1.5)).toBe('1,5');
  expect([1234.5, null].map(tooltip.valueFormatter)).toEqual(['1\u00a0234,5', '—']);
});
