import type { EChartsOption } from 'echarts';

/**
 * One picture, as the option that ECharts draws: interactive in a browser, SVG and PNG on the server. It holds nothing but JSON: no
 * functions, so that the same option can be stored, sent and drawn anywhere.
 */
export type ChartOption = EChartsOption;

export interface ChartSize {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export const CHART_SIZE: ChartSize = { width: 1000, height: 640 };

/** Colours that people who are colour-blind can tell apart (after Okabe and Ito 2008), then the same, lighter and darker. */
const COLOURS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#b8a900',
  '#7a5195',
  '#66a6d1',
  '#f3c766',
  '#66c5ab',
  '#e0afca',
  '#005180',
  '#a37100',
  '#006b4e',
  '#8f4a72',
];

/** Of the noise, which is nobody's cluster. */
const NOISE = '#9aa0a6';

/** The colour of a cluster, in every chart the same; of -1, the noise's. */
export const clusterColour = (label: number): string => (label < 0 ? NOISE : COLOURS[label % COLOURS.length]);

export const clusterName = (label: number): string => (label < 0 ? 'noise' : `cluster ${label}`);

/** What all charts share: fonts that the server has, room for axes, a title. */
export const chartBase = (title: string, subtitle?: string): ChartOption => ({
  animation: false,
  backgroundColor: '#ffffff',
  textStyle: { fontFamily: 'DejaVu Sans, sans-serif', color: '#202124' },
  title: {
    text: title,
    ...(subtitle === undefined ? {} : { subtext: subtitle }),
    left: 16,
    top: 10,
    textStyle: { fontFamily: 'DejaVu Sans, sans-serif', fontSize: 17, fontWeight: 'bold', color: '#202124' },
    subtextStyle: { fontFamily: 'DejaVu Sans, sans-serif', fontSize: 12, color: '#5f6368' },
  },
  grid: { left: 72, right: 170, top: subtitle === undefined ? 56 : 76, bottom: 60 },
});

/** The column of names to the right of a chart. */
export const sideLegend = (names: readonly string[]): NonNullable<ChartOption['legend']> => ({
  type: 'scroll',
  orient: 'vertical',
  right: 12,
  top: 64,
  bottom: 24,
  data: [...names],
});
