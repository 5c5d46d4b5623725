import { isObject } from '../create/draft.ts';

export interface ChartLook {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly font: string;
  /** Too narrow for a legend beside the chart. */
  readonly narrow: boolean;
  /** Which the page shows beside the chart; here it is for screen readers. */
  readonly title: string;
  /** What the service has written, in the console's language. */
  readonly words: (text: string) => string;
  readonly number: (value: number) => string;
}

type Option = Readonly<Record<string, unknown>>;

/**
 * The service's option, which is drawn for white paper, as the console shows it: colours of the theme, the title where the page has it, on a
 * phone the legend below. Data and colours of data stay as they are.
 */
export function themedOption(option: unknown, look: ChartLook): Option {
  if (!isObject(option)) return {};
  const { title: _title, backgroundColor: _paper, legend, grid, xAxis, yAxis, series, ...others } = option;
  const beside = isObject(legend);
  const map = isObject(option.visualMap);
  const below = look.narrow && beside;
  return {
    ...others,
    animation: false,
    aria: { enabled: true },
    title: { text: look.title, show: false },
    textStyle: { fontFamily: look.font, color: look.text },
    tooltip: {
      confine: true,
      valueFormatter: (value: unknown) => textOf(value, look),
      ...(isObject(option.tooltip) ? option.tooltip : {}),
    },
    ...(beside ? { legend: legendOf(legend, look, below) } : {}),
    grid: gridOf(isObject(grid) ? grid : {}, below, beside || map, look.narrow),
    ...(map ? { visualMap: { ...(option.visualMap as Option), textStyle: { color: look.muted } } } : {}),
    xAxis: axesOf(xAxis, look),
    yAxis: axesOf(yAxis, look),
    series: seriesOf(series, look),
    ...(isScatter(series) ? { dataZoom: [zoomOf('xAxisIndex'), zoomOf('yAxisIndex')] } : {}),
  };
}

/** What the service says below the title, such as that rows were sampled. */
export function subtitleOf(option: unknown): string {
  const title = isObject(option) && isObject(option.title) ? option.title : {};
  return typeof title.subtext === 'string' ? title.subtext : '';
}

const zoomOf = (axis: 'xAxisIndex' | 'yAxisIndex') => ({ type: 'inside', [axis]: 0, filterMode: 'none' });

function isScatter(series: unknown): boolean {
  return Array.isArray(series) && series.some((one) => isObject(one) && one.type === 'scatter');
}

/** Numbers in the cells of a heat map are written where there is room for them; the tooltip has them anyway. */
function seriesOf(series: unknown, { narrow, words }: ChartLook): unknown {
  if (!Array.isArray(series)) return series;
  return series.map((given) => {
    if (!isObject(given)) return given;
    const one = {
      ...given,
      ...(typeof given.name === 'string' ? { name: words(given.name) } : {}),
      ...(Array.isArray(given.dimensions) ? { dimensions: given.dimensions.map((each) => words(String(each))) } : {}),
    };
    if (given.type !== 'heatmap' || !Array.isArray(given.data)) return one;
    const columns = new Set(given.data.map((cell) => (Array.isArray(cell) ? cell[0] : undefined))).size;
    return columns > (narrow ? 4 : 8) ? { ...one, label: { show: false } } : one;
  });
}

function legendOf(legend: Option, { text, words }: ChartLook, below: boolean): Option {
  const place = below
    ? { type: 'scroll', orient: 'horizontal', bottom: 0, left: 0, right: 0 }
    : { type: 'scroll', orient: 'vertical', right: 0, top: 12, bottom: 12 };
  const data = Array.isArray(legend.data) ? legend.data.map((name) => words(String(name))) : legend.data;
  return { data, ...place, textStyle: { color: text }, pageTextStyle: { color: text } };
}

function gridOf(grid: Option, below: boolean, beside: boolean, narrow: boolean): Option {
  const left = typeof grid.left === 'number' ? grid.left : 72;
  const right = typeof grid.right === 'number' ? grid.right : 24;
  const bottom = typeof grid.bottom === 'number' ? grid.bottom : 60;
  return {
    left: narrow ? Math.min(left, 96) : left,
    right: below || (narrow && !beside) ? 16 : right,
    top: 20,
    bottom: below ? bottom + 24 : bottom,
  };
}

function axesOf(axes: unknown, look: ChartLook): unknown {
  return Array.isArray(axes) ? axes.map((axis) => axisOf(axis, look)) : axisOf(axes, look);
}

function axisOf(axis: unknown, look: ChartLook): unknown {
  if (!isObject(axis)) return axis;
  const { muted, line, words, number } = look;
  const label = isObject(axis.axisLabel) ? axis.axisLabel : {};
  const rule = isObject(axis.axisLine) ? axis.axisLine : {};
  return {
    ...axis,
    ...(typeof axis.name === 'string' ? { name: words(axis.name) } : {}),
    ...(Array.isArray(axis.data) ? { data: axis.data.map((each) => textOf(each, look)) } : {}),
    nameTextStyle: { color: muted },
    axisLabel: {
      ...(axis.type === 'value' ? { formatter: number } : {}),
      ...label,
      color: muted,
      ...(isCrowded(axis) ? { interval: 'auto', hideOverlap: true } : {}),
    },
    axisLine: { ...rule, lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line } },
  };
}

/** More names than can be read beside each other. */
const isCrowded = (axis: Option) => Array.isArray(axis.data) && axis.data.length > 24;

function textOf(value: unknown, { words, number }: Pick<ChartLook, 'words' | 'number'>): string {
  if (typeof value === 'number') return number(value);
  return Array.isArray(value)
    ? value.map((each) => textOf(each, { words, number })).join(', ')
    : words(String(value ?? '—'));
}
