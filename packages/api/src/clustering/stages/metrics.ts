import { adjustedRand, normalizedMutualInformation } from '@kindred/ml/cluster-metrics/agreement.ts';
import { textAt } from '@kindred/ml/preprocessing/table.ts';
import type { Json, Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { stageParams } from '../clustering-params.ts';
import { fitContext } from '../fit-context.ts';
import { readLabels } from '../labels-file.ts';
import { methodsOf, requestName } from '../methods.ts';
import { readTable } from '../read-table.ts';
import { readRowMatrix } from '../row-matrix.ts';

/** Judges the clustering: by the rows alone, and against known classes where a column of them was named. */
export const metricsStage: Stage = {
  name: 'metrics',
  codeVersion: 2,
  inputs: ['reduced.bin', 'labels.bin', TABLE],
  params: ['label_column'],
  weight: 10,
  async run(context) {
    const matrix = await readRowMatrix(context, 'reduced.bin');
    const { labels, index } = await readLabels(context);
    const metrics = methodsOf('cluster_metric');
    const results: { [key: string]: Json } = {};
    for (const [at, metric] of metrics.entries()) {
      await using fit = fitContext(context, metric.title, [at / metrics.length, (at + 1) / metrics.length]);
      const params = { ...metric.params.parse({}), ...('seed' in metric.params.shape ? { seed: context.seed } : {}) };
      const { value, rows, interval } = metric.score(matrix, labels, params, fit);
      const name = requestName(metric.name);
      results[name] = {
        value: Number.isFinite(value) ? value : null,
        title: metric.title,
        definition: metric.definition,
        greater_is_better: metric.greaterIsBetter,
        rows: rows ?? matrix.rows,
        interval: interval ? [...interval] : null,
      };
      if (Number.isFinite(value)) context.metric(name, value);
    }
    const { label_column } = stageParams(context);
    if (label_column !== null) Object.assign(results, await againstClasses(context, label_column, labels, index));
    await context.outputJson('metrics.json', results);
    return { summary: results };
  },
};

/** Agreement with the known classes; rows without one do not count. */
async function againstClasses(
  context: StageContext,
  name: string,
  labels: Int32Array,
  index: Int32Array,
): Promise<{ [key: string]: Json }> {
  const { columns } = await readTable(context);
  const column = columns.find((one) => one.name === name);
  if (!column) return {};
  const known = Array.from(index, (row, at) => ({
    at,
    class: column.categories ? textAt(column, row) : column.values[row],
  })).filter((row) => row.class !== undefined && !Number.isNaN(row.class));
  const classes = [...new Set(known.map((row) => row.class))];
  const places = new Map(classes.map((one, place) => [one, place]));
  const [found, right] = [known.map(({ at }) => labels[at]), known.map((row) => places.get(row.class) ?? 0)];
  return Object.fromEntries(
    AGREEMENTS.map(({ key, measure, title, definition }) => {
      const value = measure(found, right);
      context.metric(key, value);
      const about = { title, definition: `Agreement with the column ${name}: ${definition}`, greater_is_better: true };
      return [key, { value, ...about, rows: known.length, interval: null }];
    }),
  );
}

const AGREEMENTS = [
  {
    key: 'adjusted_rand',
    measure: adjustedRand,
    title: 'Adjusted Rand index',
    definition: '1 for the same groups, about 0 for chance',
  },
  {
    key: 'normalized_mutual_information',
    measure: normalizedMutualInformation,
    title: 'Normalised mutual information',
    definition: 'information that both share over the mean of theirs, 0 to 1; it grows with the number of clusters',
  },
] as const;
