import type { Column, Table } from '@kindred/ml/preprocessing/table.ts';
import type { StageContext } from '../pipelines/stage.ts';
import { openTable, TABLE } from '../uploads/columnar/open-table.ts';
import type { ColumnType } from '../uploads/columnar/table-format.ts';

export interface NamedType {
  readonly name: string;
  readonly type: ColumnType;
}

export interface TypedColumn extends Column {
  readonly type: ColumnType;
}

export interface TypedTable extends Table {
  readonly columns: readonly TypedColumn[];
  /** Of all columns of the data set, those without any value too. */
  readonly types: readonly NamedType[];
}

/** The data set of a job, as estimators take it. Columns without any value are left out. */
export async function readTable(context: StageContext, name = TABLE): Promise<TypedTable> {
  await using table = await openTable(await context.path(name));
  const columns: TypedColumn[] = [];
  for (const { name, type } of table.columns) {
    if (type === 'empty') continue;
    if (type !== 'text') {
      columns.push({ name, type, values: await table.numbers(name) });
      continue;
    }
    const { codes, dictionary } = await table.texts(name);
    const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code));
    columns.push({ name, type, values, categories: dictionary });
  }
  return { rows: table.rows, columns, types: table.columns };
}

/** Names of the columns whose numbers are times. */
export const timesOf = ({ columns }: TypedTable): ReadonlySet<string> =>
  new Set(columns.filter(({ type }) => type === 'date').map(({ name }) => name));

/** The rows at those places, in that order. */
export const takeTableRows = <T extends Table>(table: T, index: Int32Array): T => ({
  ...table,
  rows: index.length,
  columns: table.columns.map((column) => ({
    ...column,
    values: Float64Array.from(index, (row) => column.values[row]),
  })),
});
