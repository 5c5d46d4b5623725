/**
 * A peer of uploads: DuckDB reads a CSV file, writes it as Parquet and profiles its columns, as a process of its own:
 * `node csv-to-parquet.ts <file.csv> <file.parquet>`. Prints seconds and the peak of the resident memory.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const [source = '', target = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;
const start = performance.now();
await connection.run(`copy (select * from read_csv(${quoted(source)})) to ${quoted(target)} (format parquet)`);
const summary = await connection.runAndReadAll(`summarize select * from ${quoted(target)}`);
const seconds = (performance.now() - start) / 1000;
const rows = await connection.runAndReadAll(`select count(*)::int as rows from ${quoted(target)}`);
const bytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ seconds, bytes, columns: summary.currentRowCount, rows: rows.getRows()[0]?.[0] }));
