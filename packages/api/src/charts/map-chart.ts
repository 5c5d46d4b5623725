import { CHART_SIZE, type ChartOption } from './chart.ts';
import { type Points, pointCells, type Window, windowOf } from './point-cells.ts';
import { MOST_MARKS, scatterChart } from './scatter-chart.ts';

/** Pixels that scatterChart leaves to the axes. */
const ACROSS = CHART_SIZE.width - 72 - 170;
const UP = CHART_SIZE.height - 76 - 60;

/**
 * Places by cluster without a background, in the equirectangular projection whose standard parallel is the middle of what is shown: a
 * kilometre is as long to the east as to the north there.
 * @param points x are longitudes, y latitudes in degrees; NaN is not drawn.
 */
export function mapChart(points: Points, title: string): ChartOption {
  return scatterChart(pointCells(points, MOST_MARKS, mapWindow(windowOf(points))), {
    title,
    xName: 'longitude',
    yName: 'latitude',
  });
}

/** The window made as wide or as high as the projection asks for, within the earth. */
function mapWindow({ x, y }: Window): Window {
  const middle = (y[0] + y[1]) / 2;
  const shrink = Math.max(0.05, Math.cos((middle * Math.PI) / 180));
  const [width, height] = [x[1] - x[0], y[1] - y[0]];
  const wanted = ACROSS / UP;
  const around = ([low, high]: readonly [number, number], length: number, most: number): [number, number] => {
    const centre = (low + high) / 2;
    return [Math.max(-most, centre - length / 2), Math.min(most, centre + length / 2)];
  };
  return (width * shrink) / height < wanted
    ? { x: around(x, (height * wanted) / shrink, 180), y }
    : { x, y: around(y, (width * shrink) / wanted, 90) };
}
