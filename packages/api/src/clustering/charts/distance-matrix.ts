import { clusterName } from '../../charts/chart.ts';
import { heatmapChart } from '../../charts/heatmap-chart.ts';
import { sampleRows } from '../sample-rows.ts';
import type { ChartMaker } from './chart-data.ts';

const BLOCKS = 48;
const ROWS_PER_BLOCK = 12;

/** Mean distances between blocks of rows, ordered by cluster: clusters that hold together are light squares on the diagonal. */
export const distanceMatrix: ChartMaker = ({ reduced: { rows, columns, data }, labels }, _, context) => {
  const sampled = [...sampleRows(rows, BLOCKS * ROWS_PER_BLOCK, context.seed)].sort(
    (a, b) => labels[a] - labels[b] || a - b,
  );
  const blocks = Math.min(BLOCKS, sampled.length);
  const starts = Array.from({ length: blocks + 1 }, (_, block) => Math.round((block * sampled.length) / blocks));
  const distance = (a: number, b: number) => {
    let sum = 0;
    for (let column = 0; column < columns; column++)
      sum += (data[a * columns + column] - data[b * columns + column]) ** 2;
    return Math.sqrt(sum);
  };
  const values = new Float64Array(blocks * blocks);
  for (let a = 0; a < blocks; a++) {
    for (let b = 0; b < blocks; b++) {
      let sum = 0;
      let count = 0;
      for (let i = starts[a]; i < starts[a + 1]; i++) {
        for (let j = starts[b]; j < starts[b + 1]; j++) {
          if (i === j) continue;
          sum += distance(sampled[i], sampled[j]);
          count++;
        }
      }
      values[a * blocks + b] = count > 0 ? sum / count : 0;
    }
  }
  const names = starts.slice(0, blocks).map((start) => clusterName(labels[sampled[start]]));
  const each = sampled.length < rows ? `${sampled.length} of ${rows} rows` : `${rows} rows`;
  return {
    option: heatmapChart({
      title: 'Distances',
      subtitle: `between blocks of rows in the order of their clusters; ${each}`,
      columns: names,
      rows: names,
      values,
      scale: 'one-sided',
    }),
  };
};
