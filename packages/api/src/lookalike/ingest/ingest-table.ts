/** One table's batches to one typed Parquet file, in one DuckDB statement. */
import { join } from 'node:path';
import type { DuckDbSession } from '../../tables/duckdb-session.ts';
import { identifier, quote } from '../../tables/sql-literal.ts';
import { type Column, TABLES, type TableName } from '../tables.ts';
import { bucketLevel, castExpression, isMissing, levelExpression, rawExpression } from './cast.ts';
import type { ColumnReport } from './ingest-report.ts';
import { repairBatch } from './repair-batch.ts';

const EXAMPLES = 5;
/** After this many single repairs the rest is checked in one go: a client that writes odd JSON writes it everywhere. */
const REPAIRS_ONE_BY_ONE = 8;

export interface BatchFile {
  readonly path: string;
  readonly bytes: number;
}

export interface IngestedTable {
  readonly rows: number;
  readonly columns: Record<string, ColumnReport>;
  readonly repaired: number;
}

/**
 * Column of the Parquet file that holds, for rows with a value that could not be read, these values as a JSON object by
 * column name; null for all other rows. It lets the report name examples without reading the batches twice.
 */
const REJECTED = 'rejected';

function columnsOf(table: TableName): readonly (readonly [string, Column])[] {
  return Object.entries(TABLES[table].columns);
}

function readBatches(table: TableName, files: readonly BatchFile[]): string {
  const struct = columnsOf(table).map(([name]) => `${identifier(name)} VARCHAR`);
  // DuckDB sizes its read buffers by the largest object, one file here, so the limit follows the files instead of being generous.
  const largest = Math.max(1 << 20, ...files.map((file) => file.bytes + 1024));
  return `SELECT unnest(records) AS r FROM read_json([${files.map((file) => quote(file.path)).join(', ')}],
    columns = {'records': 'STRUCT(${struct.join(', ')})[]'}, format = 'unstructured', compression = 'uncompressed', maximum_object_size = ${largest})`;
}

function emptyRecords(table: TableName): string {
  const nulls = columnsOf(table).map(([name]) => `${quote(name)}: NULL::VARCHAR`);
  return `SELECT {${nulls.join(', ')}} AS r WHERE false`;
}

/**
 * The typed columns of `source`, sorted. Each step of a value (trimmed, typed, level, rejected) is a query of its own,
 * because DuckDB computes a named expression again wherever a CASE of the same query mentions it.
 *
 * Sorting by all columns makes the file a function of the set of records alone: neither the batches they came in nor
 * threads can show. It also shrinks the file to about a third.
 */
function typedSelect(table: TableName, source: string, levels: BucketLevels): string {
  const trimmed: string[] = [];
  const typed: string[] = [];
  const final: string[] = [];
  const rejected: { name: string; failed: string }[] = [];
  for (const [name, { kind }] of columnsOf(table)) {
    const column = identifier(name);
    const raw = identifier(`raw_${name}`);
    const level = identifier(`${name}_level`);
    trimmed.push(`${rawExpression(kind, `r.${column}`)} AS ${raw}`);
    typed.push(raw, `${castExpression(kind, raw)} AS ${column}`);
    final.push(column);
    if (kind === 'bucket') {
      typed.push(`${levelExpression(raw, levels[name] ?? [])} AS ${level}`);
      final.push(level);
    }
    // Texts and codes take whatever is there; only a bucket must have a number in it.
    if (kind === 'text' || kind === 'code') continue;
    rejected.push({
      name,
      failed: `(${kind === 'bucket' ? level : column} IS NULL AND ${raw} IS NOT NULL AND NOT ${isMissing(raw)})`,
    });
  }
  const entries = rejected.map(
    ({ name, failed }) => `${quote(name)}: CASE WHEN ${failed} THEN ${identifier(`raw_${name}`)} END`,
  );
  const any = rejected.map(({ failed }) => failed).join(' OR ');
  return `SELECT ${final.join(', ')}, CASE WHEN ${any} THEN to_json({${entries.join(', ')}})::VARCHAR END AS ${identifier(REJECTED)}
    FROM (SELECT ${typed.join(', ')} FROM (SELECT ${trimmed.join(', ')} FROM (${source})))
    ORDER BY ${final.map((_, index) => index + 1).join(', ')}, ${identifier(REJECTED)}`;
}

type BucketLevels = Readonly<Record<string, readonly (readonly [text: string, level: number])[]>>;

/**
 * Buckets are few and their levels take a regular expression each, so those of the first batch are computed once and
 * looked up; what is not among them takes the long way, with the same result.
 */
async function bucketLevels(db: DuckDbSession, table: TableName, files: readonly BatchFile[]): Promise<BucketLevels> {
  const levels: Record<string, [string, number][]> = {};
  for (const [name, { kind }] of columnsOf(table)) {
    if (kind !== 'bucket' || files.length === 0) continue;
    const raw = rawExpression(kind, `r.${identifier(name)}`);
    const rows = await db.rows(
      `SELECT t, ${bucketLevel('t')} AS level FROM (SELECT DISTINCT ${raw} AS t FROM (${readBatches(table, files.slice(0, 1))}))
       WHERE TRY_CAST(t AS DOUBLE) IS NULL AND ${bucketLevel('t')} IS NOT NULL ORDER BY t LIMIT 32`,
    );
    levels[name] = rows.map((row) => [String(row.t), Number(row.level)]);
  }
  return levels;
}

async function copyToParquet(db: DuckDbSession, select: string, target: string): Promise<void> {
  await db.run(`COPY (${select}) TO ${quote(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`);
}

/** The batch that DuckDB's message blames, if it names one of `files`. */
function blamedFile(error: unknown, files: readonly BatchFile[]): number {
  const message = error instanceof Error ? error.message : '';
  const named = /in file "([^"]+)"/.exec(message)?.[1];
  return named === undefined ? -1 : files.findIndex((file) => file.path === named);
}

/**
 * Writes `target` from the batches. The result depends on the set of their records only, not on threads, on the batches'
 * order, or on how the records were cut into batches. Throws what DuckDB throws where even a repaired batch cannot be read.
 */
export async function ingestTable(
  db: DuckDbSession,
  table: TableName,
  batches: readonly BatchFile[],
  target: string,
  scratch: string,
): Promise<IngestedTable> {
  const files = [...batches];
  const repaired = new Set<number>();
  const repair = async (index: number) => {
    const path = join(scratch, `repaired.${table}.${index}.json`);
    await repairBatch(files[index].path, path, TABLES[table].columns);
    // Escapes and quotes of the rewritten fields can make the file longer than it was.
    files[index] = { path, bytes: files[index].bytes * 4 + 1024 };
    repaired.add(index);
  };
  for (;;) {
    try {
      const source = files.length > 0 ? readBatches(table, files) : emptyRecords(table);
      const levels = await bucketLevels(db, table, files);
      await copyToParquet(db, typedSelect(table, source, levels), target);
      break;
    } catch (error) {
      const index = blamedFile(error, files);
      if (index < 0 || repaired.has(index)) throw error;
      await repair(index);
      if (repaired.size >= REPAIRS_ONE_BY_ONE) {
        for (let other = 0; other < files.length; other++) if (!repaired.has(other)) await repair(other);
      }
    }
  }
  return { ...(await countColumns(db, table, target)), repaired: repaired.size };
}

async function countColumns(
  db: DuckDbSession,
  table: TableName,
  path: string,
): Promise<Omit<IngestedTable, 'repaired'>> {
  const names = columnsOf(table).map(([name]) => name);
  const parquet = `read_parquet(${quote(path)})`;
  const total = await db.row(`SELECT count(*) AS n, count(${identifier(REJECTED)}) AS bad FROM ${parquet}`);
  const rows = Number(total.n);
  const present = await db.row(
    `SELECT ${names.map((name) => `count(${identifier(name)}) AS ${identifier(name)}`).join(', ')} FROM ${parquet}`,
  );
  const columns: Record<string, ColumnReport> = {};
  for (const name of names) columns[name] = { missing: rows - Number(present[name]), uncastable: 0, examples: [] };
  if (Number(total.bad) === 0) return { rows, columns };

  for (const [name, { kind }] of columnsOf(table)) {
    if (kind === 'text' || kind === 'code') continue;
    const values = `SELECT json_extract_string(${identifier(REJECTED)}, ${quote(`$.${name}`)}) AS v FROM ${parquet} WHERE ${identifier(REJECTED)} IS NOT NULL`;
    const found = await db.row(
      `SELECT count(v) AS n, coalesce(list_slice(list_sort(list(DISTINCT left(v, 80))), 1, ${EXAMPLES}), [])::JSON::VARCHAR AS examples FROM (${values}) WHERE v IS NOT NULL`,
    );
    const uncastable = Number(found.n);
    const column = columns[name];
    column.uncastable = uncastable;
    // A bucket keeps its text even where no number could be read from it, so it is not among the missing.
    if (kind !== 'bucket') column.missing -= uncastable;
    column.examples = JSON.parse(String(found.examples)) as string[];
  }
  return { rows, columns };
}
