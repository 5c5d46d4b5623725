/** The ten tables of a version as DuckDB views, whichever of them arrived. */
import type { StageContext } from '../pipelines/stage.ts';
import type { DuckDbSession } from '../tables/duckdb-session.ts';
import { identifier, quote } from '../tables/sql-literal.ts';
import { type ColumnKind, TABLE_NAMES, TABLES, type TableName } from './tables.ts';

/** SQL type of a column as ingest writes it. */
const SQL_TYPES: Readonly<Record<ColumnKind, string>> = {
  id: 'BIGINT',
  number: 'DOUBLE',
  text: 'VARCHAR',
  flag: 'BOOLEAN',
  date: 'DATE',
  month: 'DATE',
  code: 'VARCHAR',
  bucket: 'VARCHAR',
};

/** An empty relation with the table's columns, for a table that did not arrive. */
function emptyTable(table: TableName): string {
  const columns = Object.entries(TABLES[table].columns).flatMap(([name, { kind }]) => [
    `NULL::${SQL_TYPES[kind as ColumnKind]} AS ${identifier(name)}`,
    ...(kind === 'bucket' ? [`NULL::DOUBLE AS ${identifier(`${name}_level`)}`] : []),
  ]);
  return `SELECT ${columns.join(', ')} WHERE false`;
}

/** Creates a view of each table's name over the stage's `table.<name>.parquet` inputs; absent ones are empty. */
export async function createTableViews(db: DuckDbSession, context: StageContext): Promise<void> {
  for (const table of TABLE_NAMES) {
    const name = `table.${table}.parquet`;
    const source = context.find(name)
      ? `SELECT * FROM read_parquet(${quote(await context.path(name))})`
      : emptyTable(table);
    await db.run(`CREATE OR REPLACE VIEW ${identifier(table)} AS ${source}`);
  }
}
