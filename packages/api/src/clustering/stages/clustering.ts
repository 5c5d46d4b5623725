import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { profileClusters } from '@kindred/ml/clustering/profiles.ts';
import { flatToBytes } from '@kindred/ml/flat-bytes.ts';
import type { Table } from '@kindred/ml/preprocessing/table.ts';
import { DomainError } from '../../errors.ts';
import type { Json, Stage, StageContext } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { chooseClusters } from '../choose-clusters.ts';
import { fitParams, stageParams } from '../clustering-params.ts';
import { writeCsv } from '../csv-writer.ts';
import { takeTableRows } from '../filter-rows.ts';
import { fitContext } from '../fit-context.ts';
import { LABELS_KIND, LABELS_VERSION } from '../labels-file.ts';
import { CLUSTERING_METHODS, methodNamed } from '../methods.ts';
import { readTable } from '../read-table.ts';
import { readRowMatrix } from '../row-matrix.ts';
import { outputModel } from './reduce-rows.ts';

/** Puts the rows into clusters, and writes the data set with the cluster of each row. */
export const clusteringStage: Stage = {
  name: 'clustering',
  codeVersion: 1,
  inputs: ['reduced.bin', TABLE],
  params: ['clustering', 'automatic_k'],
  weight: 30,
  async run(context) {
    const { clustering: chosen, automatic_k } = stageParams(context);
    const method = methodNamed(CLUSTERING_METHODS, chosen.method);
    if (!method) throw new DomainError('INVALID_INPUT', `There is no clustering method ${chosen.method}`);
    const matrix = await readRowMatrix(context, 'reduced.bin');
    let params = fitParams(method, chosen, context.seed);
    refuseBeyondMemory(context, method.memory(matrix.rows, matrix.columns, params), matrix.rows);
    await using fit = fitContext(context, method.title, [0, 0.85]);
    if (automatic_k) params = await chooseClusters(context, method, matrix, params, automatic_k, fit);
    const { labels, model, approximations } = method.fit(matrix, params, fit);
    context.progress(0.85, 'writing the result');
    await outputModel(context, 'clusterer.model', method, model);
    const file = join(context.scratch, 'labels.bin');
    await writeFile(file, flatToBytes(LABELS_KIND, LABELS_VERSION, { labels, index: matrix.index }));
    await context.output('labels.bin', file);
    const table = await readTable(context);
    await outputLabelled(context, table, labels, matrix.index);
    await context.outputJson(
      'profiles.json',
      profileClusters(takeTableRows(table, matrix.index), labels) as unknown as Json,
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
      },
    };
  },
};

/** @throws DomainError TOO_LARGE saying what would fit. */
function refuseBeyondMemory({ memoryBytes }: StageContext, needed: number, rows: number): void {
  if (needed <= memoryBytes) return;
  const share = Math.sqrt(memoryBytes / needed);
  throw new DomainError(
    'TOO_LARGE',
    `Clustering ${rows} rows this way needs ${megabytes(needed)} MB, and there are ${megabytes(memoryBytes)} MB; about ${Math.floor(rows * share)} rows would fit, or another method`,
    { details: { needed, available: memoryBytes, rows } },
  );
}

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);

/** Rows of each label, ascending. */
export function sizesOf(labels: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return new Map([...sizes].sort(([a], [b]) => a - b));
}

/** The data set as it was uploaded, with the cluster of each row that was not left out as an outlier. */
async function outputLabelled(
  context: StageContext,
  { columns }: Table,
  labels: Int32Array,
  index: Int32Array,
): Promise<void> {
  const file = join(context.scratch, 'result.csv');
  const names = ['index', ...columns.map(({ name }) => name), 'Cluster'];
  await writeCsv(file, names, labels.length, (row, at) => {
    if (at === 0) return index[row];
    if (at > columns.length) return labels[row];
    const { values, categories } = columns[at - 1];
    const value = values[index[row]];
    return Number.isNaN(value) ? null : (categories?.[value] ?? value);
  });
  await context.output('result.csv', file);
}
