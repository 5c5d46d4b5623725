import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { profileClusters } from '@kindred/ml/clustering/profiles.ts';
import { flatToBytes } from '@kindred/ml/flat-bytes.ts';
import { DomainError } from '../../errors.ts';
import type { Json, Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { cellValue } from '../cell-value.ts';
import { chooseClusters } from '../choose-clusters.ts';
import { fitParams, stageParams } from '../clustering-params.ts';
import { writeCsv } from '../csv-writer.ts';
import { fitContext } from '../fit-context.ts';
import { outputPipeline, PIPELINE_INPUTS } from '../fitted/output-pipeline.ts';
import { clustererParams, refuseBeyondMemory } from '../forecast/memory-need.ts';
import { LABELS_KIND, LABELS_VERSION, sizesOf } from '../labels-file.ts';
import { CLUSTERING_METHODS, methodNamed } from '../methods.ts';
import { readTable, type TypedTable, takeTableRows, timesOf } from '../read-table.ts';
import { readRowMatrix } from '../row-matrix.ts';
import { measureStability, stabilityFacts } from '../stability.ts';
import { outputModel } from './reduce-rows.ts';

/** Puts the rows into clusters, and writes the data set with the cluster of each row. */
export const clusteringStage: Stage = {
  name: 'clustering',
  codeVersion: 4,
  inputs: ['reduced.bin', TABLE, ...PIPELINE_INPUTS],
  params: ['clustering', 'automatic_k', 'stability'],
  weight: 30,
  async run(context) {
    const { clustering: chosen, automatic_k, stability: wanted } = stageParams(context);
    const method = methodNamed(CLUSTERING_METHODS, chosen.method);
    if (!method) throw new DomainError('INVALID_INPUT', `There is no clustering method ${chosen.method}`);
    const matrix = await readRowMatrix(context, 'reduced.bin');
    let params = fitParams(method, chosen, context.seed);
    const most = clustererParams(method, params, automatic_k);
    refuseBeyondMemory(method, CLUSTERING_METHODS, matrix, most, context.memoryBytes);
    await using fit = fitContext(context, method.title, [0, wanted ? 0.4 : 0.85]);
    if (automatic_k) params = await chooseClusters(context, method, matrix, params, automatic_k, fit);
    const { labels, model, approximations } = method.fit(matrix, params, fit);
    const stability = await measureStability(context, method, matrix, labels, params, wanted);
    context.progress(0.85, 'writing the result');
    await outputModel(context, 'clusterer.model', method, model);
    const file = join(context.scratch, 'labels.bin');
    await writeFile(file, flatToBytes(LABELS_KIND, LABELS_VERSION, { labels, index: matrix.index }));
    await context.output('labels.bin', file);
    const table = await readTable(context);
    await outputLabelled(context, table, labels, matrix.index, stability?.rows);
    const profiles = profileClusters(takeTableRows(table, matrix.index), labels, timesOf(table)).map((profile) =>
      stability && profile.label >= 0
        ? {
            ...profile,
            stability: { agreement: stability.clusters[profile.label], jaccard: stability.jaccard[profile.label] },
          }
        : profile,
    );
    await context.outputJson('profiles.json', profiles as unknown as Json);
    const { placing, refusal, own } = await outputPipeline(
      context,
      method,
      model,
      table,
      { labels, index: matrix.index },
      fit,
    );
    const sizes = sizesOf(labels);
    return {
      summary: {
        method: method.name,
        params: { ...params } as { [key: string]: Json },
        clusters: [...sizes.keys()].filter((label) => label >= 0).length,
        noise: sizes.get(-1) ?? 0,
        sizes: [...sizes].map(([label, rows]) => ({ label, rows })),
        approximations: approximations.map((one) => ({ ...one })),
        ...(stability ? { stability: stabilityFacts(stability, matrix.rows) } : {}),
        new_rows: { ...placing, refusal, own },
      },
    };
  },
};

/** The data set as it was uploaded, with the cluster of each row that was not left out as an outlier. */
async function outputLabelled(
  context: StageContext,
  { columns }: TypedTable,
  labels: Int32Array,
  index: Int32Array,
  stability: Float64Array | undefined,
): Promise<void> {
  const file = join(context.scratch, 'result.csv');
  const names = ['index', ...columns.map(({ name }) => name), 'Cluster', ...(stability ? ['Stability'] : [])];
  await writeCsv(file, names, labels.length, (row, at) => {
    if (at === 0) return index[row];
    if (at === columns.length + 1) return labels[row];
    if (stability && at > columns.length) return stability[row];
    return cellValue(columns[at - 1], index[row]);
  });
  await context.output('result.csv', file);
}
