import { barChart } from '../../charts/bar-chart.ts';
import { clusterColour, clusterName } from '../../charts/chart.ts';
import { heatmapChart } from '../../charts/heatmap-chart.ts';
import { sizesOf } from '../labels-file.ts';
import type { ChartMaker } from './chart-data.ts';

/** More would be too small to read. */
const MOST_CLUSTERS = 40;
const MOST_FEATURES = 30;

export const sizesChart: ChartMaker = ({ labels }) => {
  const sizes = [...sizesOf(labels)];
  const bars = sizes
    .slice(0, MOST_CLUSTERS)
    .map(([label, value]) => ({ name: clusterName(label), value, colour: clusterColour(label) }));
  const more = sizes.length > MOST_CLUSTERS ? `${sizes.length - MOST_CLUSTERS} more clusters are not shown` : undefined;
  return { option: barChart(bars, 'Rows by cluster', 'rows', more) };
};

/** Means of the scaled features, in standard deviations from the mean of all rows; those first that differ most. */
export const meansChart: ChartMaker = ({ preprocessed: { rows, columns, data, names }, labels }) => {
  const sizes = sizesOf(labels);
  const clusters = [...sizes.keys()].slice(0, MOST_CLUSTERS);
  const place = new Map(clusters.map((label, at) => [label, at]));
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  const sums = new Float64Array(clusters.length * columns);
  for (let row = 0; row < rows; row++) {
    const cluster = place.get(labels[row]);
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column];
      mean[column] += value / rows;
      square[column] += (value * value) / rows;
      if (cluster !== undefined) sums[cluster * columns + column] += value;
    }
  }
  const difference = (cluster: number, column: number) => {
    const deviation = Math.sqrt(Math.max(0, square[column] - mean[column] ** 2));
    const own = sums[cluster * columns + column] / (sizes.get(clusters[cluster]) ?? 1);
    return deviation > 0 ? (own - mean[column]) / deviation : 0;
  };
  const spread = (column: number) =>
    clusters.reduce((most, _, cluster) => Math.max(most, Math.abs(difference(cluster, column))), 0);
  const shown = names
    .map((_, column) => column)
    .sort((a, b) => spread(b) - spread(a) || a - b)
    .slice(0, MOST_FEATURES);
  return {
    option: heatmapChart({
      title: 'Means of the clusters',
      subtitle: 'in standard deviations from the mean of all rows',
      columns: shown.map((column) => names[column]),
      rows: clusters.map(clusterName),
      values: clusters.flatMap((_, cluster) => shown.map((column) => difference(cluster, column))),
      scale: 'two-sided',
      numbers: clusters.length * shown.length <= 120,
    }),
  };
};
