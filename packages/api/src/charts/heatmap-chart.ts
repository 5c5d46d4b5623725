import { type ChartOption, chartBase } from './chart.ts';

export interface Heatmap {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** Row by row; NaN is left empty. */
  readonly values: ArrayLike<number>;
  readonly title: string;
  readonly subtitle?: string;
  /** `two-sided`: zero is white, below it is blue, above it is orange. `one-sided`: from light to dark. */
  readonly scale: 'one-sided' | 'two-sided';
  /** Numbers in the cells, where there are few. */
  readonly numbers?: boolean;
}

/** One-sided: viridis-like in lightness, so that it can be read in grey. */
const ONE_SIDED = ['#f7fbff', '#c6dbef', '#6baed6', '#2171b5', '#08306b'];
const TWO_SIDED = ['#2166ac', '#92c5de', '#f7f7f7', '#f4a582', '#b2182b'];

export function heatmapChart(map: Heatmap): ChartOption {
  const finite = Array.from(map.values).filter(Number.isFinite);
  const largest = finite.reduce(
    (most, value) => Math.max(most, map.scale === 'two-sided' ? Math.abs(value) : value),
    0,
  );
  const smallest = finite.reduce((least, value) => Math.min(least, value), largest);
  const across = map.columns.length;
  const few = map.rows.length <= 40;
  return {
    ...chartBase(map.title, map.subtitle),
    grid: { left: few ? 120 : 56, right: 110, top: 76, bottom: across <= 60 ? 110 : 40 },
    tooltip: { position: 'top' },
    xAxis: {
      type: 'category',
      data: [...map.columns],
      axisLabel: { show: across <= 60, rotate: across > 8 ? 45 : 0, interval: across > 25 ? 'auto' : 0, fontSize: 11 },
    },
    yAxis: {
      type: 'category',
      data: [...map.rows],
      inverse: true,
      axisLabel: { show: few, interval: 0, fontSize: 11 },
    },
    visualMap: {
      min: map.scale === 'two-sided' ? -largest : smallest,
      max: largest,
      calculable: false,
      right: 14,
      top: 'middle',
      precision: 2,
      inRange: { color: map.scale === 'two-sided' ? TWO_SIDED : ONE_SIDED },
    },
    series: [
      {
        type: 'heatmap',
        data: Array.from(map.values, (value, at) => [
          at % across,
          Math.floor(at / across),
          Number(value.toPrecision(4)),
        ]).filter(([, , value]) => Number.isFinite(value)),
        label: { show: map.numbers === true, fontSize: 10 },
        itemStyle: across > 60 ? {} : { borderColor: '#ffffff', borderWidth: 1 },
        progressive: 0,
      },
    ],
  };
}
