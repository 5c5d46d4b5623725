import { takeRows } from '@kindred/ml/matrix.ts';
import { pointCells } from '../../charts/point-cells.ts';
import { MOST_MARKS, scatterChart } from '../../charts/scatter-chart.ts';
import { fitParams } from '../clustering-params.ts';
import { fitContext } from '../fit-context.ts';
import { methodNamed, REDUCTION_METHODS } from '../methods.ts';
import type { PointMap } from '../point-map/point-file.ts';
import { sampleRows } from '../sample-rows.ts';
import type { ChartMaker } from './chart-data.ts';

const column = (data: Float64Array, columns: number, at: number) =>
  Float64Array.from({ length: data.length / columns }, (_, row) => data[row * columns + at]);

/** The rows in the two columns that a method finds for what was clustered. */
export const placesBy =
  (name: string, title: string): ChartMaker =>
  async ({ reduced, labels }, { most_rows }, context) => {
    const method = methodNamed(REDUCTION_METHODS, name);
    if (!method) return { why: `there is no method ${name}` };
    if (reduced.columns < 2) return { why: 'the rows have one column only' };
    // Principal components of all rows are cheap; other methods place each row by its neighbours.
    const rows = sampleRows(reduced.rows, name === 'pca' ? reduced.rows : most_rows, context.seed);
    if (rows.length < 5) return { why: 'there are too few rows' };
    await using fit = fitContext(context, title);
    const { Z } = method.fit(
      takeRows(reduced, rows),
      fitParams(
        method,
        { method: method.name, params: method.params.parse({ n_components: 2 }) as never },
        context.seed,
      ),
      { ...fit, progress: () => context.signal.throwIfAborted() },
    );
    const sampled = rows.length < reduced.rows ? `, ${rows.length} of ${reduced.rows} rows` : '';
    return scatter({
      title: `Clusters by ${title}${sampled}`,
      xName: `${title} 1`,
      yName: `${title} 2`,
      x: column(Z.data, 2, 0),
      y: column(Z.data, 2, 1),
      labels: Int32Array.from(rows, (row) => labels[row]),
      index: Int32Array.from(rows, (row) => reduced.index[row]),
    });
  };

/** The rows in the first two of the columns that were clustered. */
export const firstColumns: ChartMaker = ({ reduced, labels }) => {
  if (reduced.columns < 2) return { why: 'the rows have one column only' };
  const [xName, yName] = reduced.names;
  return scatter({
    title: `Clusters by ${xName} and ${yName}`,
    xName,
    yName,
    x: column(reduced.data, reduced.columns, 0),
    y: column(reduced.data, reduced.columns, 1),
    labels,
    index: reduced.index,
  });
};

const scatter = (points: PointMap) => ({ option: scatterChart(pointCells(points, MOST_MARKS), points), points });
