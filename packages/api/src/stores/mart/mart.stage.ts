import { join } from 'node:path';
import { writeCsv } from '../../clustering/csv-writer.ts';
import { readTable } from '../../clustering/read-table.ts';
import type { Json, Stage } from '../../pipelines/stage.ts';
import { convertTable } from '../../uploads/convert-table.ts';
import { tableManifest } from '../../uploads/table-manifest.ts';
import { MART_CSV, MART_FACTS, MART_MANIFEST, MART_TABLE, martParams } from './mart-params.ts';
import { martTable } from './mart-table.ts';

/** One row for each store. */
const LIMITS = { bytes: 2 ** 33, rows: 10_000_000, columns: 10_000 };

/** Joins sales, stores and places into one table, in the form in which uploaded ones are kept. */
export const martStage: Stage = {
  name: 'mart',
  codeVersion: 1,
  inputs: ['sales.bin', 'stores.bin', 'geo.bin?'],
  params: ['quarter', 'columns', 'name'],
  weight: 1,
  async run(context) {
    const { quarter, columns, name } = martParams.parse(context.params);
    context.progress(0, 'reading the tables');
    const tables = {
      sales: await readTable(context, 'sales.bin'),
      stores: await readTable(context, 'stores.bin'),
      geo: context.find('geo.bin') ? await readTable(context, 'geo.bin') : undefined,
    };
    context.progress(0.4, 'summing up');
    const mart = martTable(tables, columns, quarter);
    const file = join(context.scratch, MART_CSV);
    const names = mart.columns.map((column) => column.name);
    await writeCsv(file, names, mart.rows, (row, at) => mart.columns[at].value(row));
    context.progress(0.7, 'storing');
    const target = join(context.scratch, MART_TABLE);
    const read = convertTable({ file, target, limits: LIMITS, encoding: 'utf-8', delimiter: ',' }, () => undefined);
    await context.output(MART_CSV, file);
    await context.output(MART_TABLE, target);
    await context.outputJson(MART_FACTS, read as unknown as Json);
    await context.outputJson(MART_MANIFEST, tableManifest(quarter, read) as unknown as Json);
    const { report } = mart;
    for (const [key, value] of Object.entries(report)) if (typeof value === 'number') context.metric(key, value);
    return { summary: { name, quarter, ...report, unknown_stores: [...report.unknown_stores], columns: names } };
  },
};
