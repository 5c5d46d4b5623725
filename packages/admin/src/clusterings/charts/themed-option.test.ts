import { expect, it } from 'vitest';
import { subtitleOf, themedOption } from './themed-option.ts';

const LOOK = {
  text: '#eee',
  muted: '#aaa',
  line: '#333',
  font: 'sans',
  narrow: false,
  title: 'Clusters',
  words: (text: string) => text,
  number: String,
};
const OPTION = {
  backgroundColor: '#ffffff',
  title: { text: 'Clusters', subtext: '178 points' },
  legend: { type: 'scroll', orient: 'vertical', right: 12, data: ['cluster 0'] },
  grid: { left: 72, right: 170, top: 76, bottom: 60 },
  xAxis: { type: 'value', name: 'x', axisLabel: { showMinLabel: false } },
  yAxis: [{ type: 'value' }],
  series: [{ type: 'scatter', itemStyle: { color: '#0072b2' }, data: [[1, 2]] }],
};

it('takes colours of the theme and leaves the data as they are', () => {
  const themed = themedOption(OPTION, LOOK);
  expect(themed).not.toHaveProperty('backgroundColor');
  expect(themed.title).toEqual({ text: 'Clusters', show: false });
  expect(themed.series).toEqual(OPTION.series);
  expect(themed.xAxis).toMatchObject({ name: 'x', axisLabel: { showMinLabel: false, color: '#aaa' } });
  expect(themed.yAxis).toMatchObject([{ splitLine: { lineStyle: { color: '#333' } } }]);
  expect(themed.dataZoom).toHaveLength(2);
  expect(subtitleOf(OPTION)).toBe('178 points');
});

it('puts the legend below where there is no room beside', () => {
  const wide = themedOption(OPTION, LOOK);
  const narrow = themedOption(OPTION, { ...LOOK, narrow: true });
  expect(wide).toMatchObject({ legend: { orient: 'vertical' }, grid: { right: 170, bottom: 60 } });
  expect(narrow).toMatchObject({ legend: { orient: 'horizontal' }, grid: { right: 16, bottom: 84 } });
});

it('writes no numbers into cells that have no room for them', () => {
  const heatmap = (columns: number) => ({
    series: [{ type: 'heatmap', label: { show: true }, data: Array.from({ length: columns }, (_, at) => [at, 0, 1]) }],
  });
  expect(themedOption(heatmap(5), LOOK)).toMatchObject({ series: [{ label: { show: true } }] });
  expect(themedOption(heatmap(30), LOOK)).toMatchObject({ series: [{ label: { show: false } }] });
});

it('makes nothing of what is no option', () => {
  expect(themedOption(null, LOOK)).toEqual({});
  expect(subtitleOf(undefined)).toBe('');
});

it('says names and numbers as the console does, in the legend as in the series', () => {
  const words = (text: string) => text.replace('cluster', 'кластер').replace('rows', 'строк');
  const named = { ...OPTION, yAxis: { type: 'category', name: 'rows', data: ['cluster 0', 2.5] } };
  const series = [{ type: 'scatter', name: 'cluster 0', dimensions: ['x', 'rows'], data: [[1, 2]] }];
  const number = (value: number) => String(value).replace('.', ',');
  expect(themedOption({ ...named, series }, { ...LOOK, words, number })).toMatchObject({
    legend: { data: ['кластер 0'] },
    series: [{ name: 'кластер 0', dimensions: ['x', 'строк'] }],
    yAxis: { name: 'строк', data: ['кластер 0', '2,5'] },
    xAxis: { axisLabel: { formatter: number } },
  });
});
