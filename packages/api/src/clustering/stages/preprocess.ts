import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flatToBytes } from '@kindred/ml/flat-bytes.ts';
import { fitPreprocess } from '@kindred/ml/preprocessing/preprocess.ts';
import { PREPROCESS_VERSION } from '@kindred/ml/preprocessing/preprocess-model.ts';
import { describeColumn } from '@kindred/ml/preprocessing/preprocess-report.ts';
import type { Table } from '@kindred/ml/preprocessing/table.ts';
import { DomainError } from '../../errors.ts';
import type { Json, Stage } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { type ClusteringParams, stageParams } from '../clustering-params.ts';
import { fitContext } from '../fit-context.ts';
import { readTable } from '../read-table.ts';
import { outputRowMatrix } from '../row-matrix.ts';

/** Name of the saved model, which labels new rows. */
export const PREPROCESS_MODEL = 'preprocess';

/** Makes the table into numbers: filled, without outliers, bent, scaled, encoded. Every row keeps its place in the data set. */
export const preprocessStage: Stage = {
  name: 'preprocess',
  codeVersion: 1,
  inputs: [TABLE],
  params: ['preprocessing', 'columns', 'label_column'],
  weight: 10,
  async run(context) {
    const params = stageParams(context);
    context.progress(0, 'reading the table');
    const table = featureTable(await readTable(context), params);
    await using fit = fitContext(context, 'preprocessing', [0.1, 0.8]);
    const { model, X, kept, report } = fitPreprocess(table, params.preprocessing, fit);
    context.progress(0.8, 'writing rows');
    const file = join(context.scratch, 'preprocess.model');
    await writeFile(file, flatToBytes(PREPROCESS_MODEL, PREPROCESS_VERSION, model));
    await context.output('preprocess.model', file);
    await outputRowMatrix(context, 'preprocessed', { ...X, names: model.outputs, index: kept });
    await context.outputJson('preprocess.json', {
      ...(report as unknown as { [key: string]: Json }),
      words: report.columns.map((column) => describeColumn(column, report.rows)),
    });
    return {
      summary: {
        rows: report.rows,
        removed: report.removed,
        columns: [...model.outputs],
        dropped: report.columns.flatMap(({ name, dropped }) => (dropped ? [{ name, why: dropped }] : [])),
        approximations: report.approximations.map((one) => ({ ...one })),
      },
    };
  },
};

/**
 * The columns that rows are compared by.
 * @throws DomainError INVALID_INPUT naming a column that is not there.
 */
function featureTable({ rows, columns }: Table, { columns: wanted, label_column }: ClusteringParams): Table {
  for (const name of [...(wanted ?? []), ...(label_column === null ? [] : [label_column])]) {
    if (columns.some((column) => column.name === name)) continue;
    const names = columns.map((column) => column.name).join(', ');
    throw new DomainError('INVALID_INPUT', `The data set has no column ${name}; it has ${names}`, {
      details: { column: name },
    });
  }
  const used = columns.filter(({ name }) => name !== label_column && (wanted === null || wanted.includes(name)));
  return { rows, columns: used };
}
