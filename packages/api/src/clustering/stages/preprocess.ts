import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flatToBytes } from '@kindred/ml/flat-bytes.ts';
import { fitPreprocess } from '@kindred/ml/preprocessing/preprocess.ts';
import { PREPROCESS_VERSION } from '@kindred/ml/preprocessing/preprocess-model.ts';
import { describeColumn } from '@kindred/ml/preprocessing/preprocess-report.ts';
import type { Json, Stage } from '../../pipelines/stage.ts';
import { geoColumns } from '../../stores/places.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { stageParams } from '../clustering-params.ts';
import { featureColumns } from '../feature-columns.ts';
import { filterRows } from '../filter-rows.ts';
import { fitContext } from '../fit-context.ts';
import { readTable, takeTableRows } from '../read-table.ts';
import { outputRowMatrix } from '../row-matrix.ts';

/** Name of the saved model, which labels new rows. */
export const PREPROCESS_MODEL = 'preprocess';

/** Makes the table into numbers: filled, without outliers, bent, scaled, encoded. Every row keeps its place in the data set. */
export const preprocessStage: Stage = {
  name: 'preprocess',
  codeVersion: 2,
  inputs: [TABLE],
  params: ['preprocessing', 'columns', 'label_column', 'feature_groups', 'column_groups', 'row_filter', 'geo'],
  weight: 10,
  async run(context) {
    const params = stageParams(context);
    context.progress(0, 'reading the table');
    const whole = await readTable(context);
    const chosen = filterRows(whole, params.row_filter);
    // Stores that are left out are neighbours all the same.
    const places = params.geo === null ? [] : geoColumns(whole.columns, params.geo);
    const columns = [...featureColumns(whole.columns, params), ...places];
    const table = takeTableRows({ rows: whole.rows, columns }, chosen);
    await using fit = fitContext(context, 'preprocessing', [0.1, 0.8]);
    const { model, X, kept, report } = fitPreprocess(table, params.preprocessing, fit);
    context.progress(0.8, 'writing rows');
    const file = join(context.scratch, 'preprocess.model');
    await writeFile(file, flatToBytes(PREPROCESS_MODEL, PREPROCESS_VERSION, model));
    await context.output('preprocess.model', file);
    await outputRowMatrix(context, 'preprocessed', {
      ...X,
      names: model.outputs,
      index: kept.map((row) => chosen[row]),
    });
    await context.outputJson('preprocess.json', {
      ...(report as unknown as { [key: string]: Json }),
      words: report.columns.map((column) => describeColumn(column, report.rows)),
    });
    return {
      summary: {
        rows: report.rows,
        left_out: whole.rows - chosen.length,
        removed: report.removed,
        columns: [...model.outputs],
        dropped: report.columns.flatMap(({ name, dropped }) => (dropped ? [{ name, why: dropped }] : [])),
        approximations: report.approximations.map((one) => ({ ...one })),
      },
    };
  },
};
