import { Random } from '@kindred/ml/random.ts';
import { describe, expect, it } from 'vitest';
import { barChart } from './bar-chart.ts';
import type { ChartOption } from './chart.ts';
import { curveChart } from './curve-chart.ts';
import { dendrogramChart } from './dendrogram-chart.ts';
import { heatmapChart } from './heatmap-chart.ts';
import { pointCells } from './point-cells.ts';
import { chartSvg, svgToPng } from './render-chart.ts';
import { MOST_MARKS, scatterChart } from './scatter-chart.ts';
import { waterfallChart } from './waterfall-chart.ts';

/** Three bells of a third each, and a twentieth of noise. */
function points(count: number) {
  const random = new Random(1);
  const labels = Int32Array.from({ length: count }, () => (random.uniform() < 0.05 ? -1 : random.below(3)));
  const place = (label: number, at: number) =>
    (label < 0 ? 3 : 0.6) * random.normal() + [4, 0, -4][(label + 1 + at) % 3];
  return {
    x: Float64Array.from(labels, (label) => place(label, 0)),
    y: Float64Array.from(labels, (label) => place(label, 1)),
    labels,
  };
}

const TEXT = { title: 'Кластеры', xName: 'PC 1', yName: 'PC 2' };

describe('cells of points', () => {
  it('are the points where there are few', () => {
    const few = points(500);
    const { cells, exact } = pointCells(few, 500);
    expect(exact).toBe(true);
    expect(cells.map(({ x }) => x)).toEqual([...few.x]);
  });

  it('hold every point of the window once, no more cells than allowed, and not far fewer', () => {
    const many = points(50_000);
    const { cells, points: held } = pointCells(many, 1200);
    expect(held).toBe(50_000);
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(50_000);
    expect(cells.length).toBeLessThanOrEqual(1200);
    expect(cells.length).toBeGreaterThan(600);
    const near = pointCells(many, 1200, { x: [3, 5], y: [-10, 10] });
    expect(near.points).toBe([...many.x].filter((x, at) => x >= 3 && x <= 5 && Math.abs(many.y[at]) <= 10).length);
    expect(near.cells.every(({ x }) => x >= 3 && x <= 5)).toBe(true);
  });

  it('has a window for points that are all the same, and for none', () => {
    const one = { x: [2, 2], y: [3, 3], labels: [0, 0] };
    expect(pointCells(one, 1)).toMatchObject({ points: 2, cells: [{ x: 2, y: 3, count: 2 }] });
    expect(pointCells({ x: [], y: [], labels: [] }, 10)).toMatchObject({ points: 0, cells: [] });
  });
});

describe('charts', () => {
  const tree = { counts: [3, 1, 20, 7], children: [0, 1, 2, 3, 4, 5], heights: [1, 2, 5] };
  const options: [string, ChartOption, string][] = [
    ['scatter', scatterChart(pointCells(points(300), MOST_MARKS), TEXT), 'cluster 2'],
    ['dendrogram', dendrogramChart(tree, 'Tree', { height: 3, labels: [0, 0, 1, 1] }), '20 rows'],
    [
      'heatmap',
      heatmapChart({
        columns: ['a', 'b'],
        rows: ['r'],
        values: [1, -1],
        title: 'Means',
        scale: 'two-sided',
        numbers: true,
      }),
      'Means',
    ],
    [
      'curve',
      curveChart([{ name: 'gap', x: [2, 3], y: [1, 2] }], {
        title: 'Vote',
        xName: 'k',
        yName: 'gap',
        mark: { x: 3, name: 'chosen' },
      }),
      'chosen',
    ],
    ['bar', barChart([{ name: 'cluster 0', value: 12 }], 'Sizes', 'rows'), 'cluster 0'],
    [
      'waterfall',
      waterfallChart(
        0.1,
        [
          { feature: 'доход', value: 5, contribution: -0.3 },
          { feature: 'b', value: 1, contribution: 0.5 },
        ],
        'Row',
      ),
      'доход = 5',
    ],
  ];

  it.each(options)('%s: JSON alone, an SVG with its texts, a PNG', (_, option, text) => {
    expect(JSON.parse(JSON.stringify(option))).toEqual(option);
    const svg = chartSvg(option);
    expect(svg).toContain(text);
    expect(chartSvg(JSON.parse(JSON.stringify(option)))).toBe(chartSvg(option));
    const png = svgToPng(svg);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // Without fonts the texts would be missing: nothing but lines packs into far less.
    expect(png.length).toBeGreaterThan(12_000);
  });

  it('a scatter of 100,000 points is a picture of under 300 KB', () => {
    const svg = chartSvg(scatterChart(pointCells(points(100_000), MOST_MARKS), TEXT));
    expect(svg.length).toBeLessThan(300_000);
    expect(svgToPng(svg).length).toBeLessThan(300_000);
  });

  it('a waterfall ends at the score, and shows the rest as one bar', () => {
    const many = Array.from({ length: 30 }, (_, at) => ({
      feature: `f${at}`,
      value: at,
      contribution: (at - 15) / 100,
    }));
    const option = waterfallChart(0.5, many, 'Row', 5) as { yAxis: { data: string[] }; title: { subtext: string } };
    expect(option.yAxis.data).toHaveLength(8);
    expect(option.yAxis.data[6]).toBe('25 others');
    expect(option.title.subtext).toBe('base 0.5, score 0.35');
  });
});
