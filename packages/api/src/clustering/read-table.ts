import type { Column, Table } from '@kindred/ml/preprocessing/table.ts';
import type { StageContext } from '../pipelines/stage.ts';
import { openTable, TABLE } from '../uploads/columnar/open-table.ts';

/** The data set of a job, as estimators take it. Columns without any value are left out. */
export async function readTable(context: StageContext): Promise<Table> {
  await using table = await openTable(await context.path(TABLE));
  const columns: Column[] = [];
  for (const { name, type } of table.columns) {
    if (type === 'empty') continue;
    if (type !== 'text') {
      columns.push({ name, values: await table.numbers(name) });
      continue;
    }
    const { codes, dictionary } = await table.texts(name);
    const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code));
    columns.push({ name, values, categories: dictionary });
  }
  return { rows: table.rows, columns };
}
