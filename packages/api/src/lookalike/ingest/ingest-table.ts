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

/** How bodies are cut out of files: one line each, as nearly every client writes JSON, or by counting brackets. */
type BodyFormat = 'newline_delimited' | 'unstructured';

function readBatches(table: TableName, files: readonly BatchFile[], format: BodyFormat): string {
  const struct = columnsOf(table).map(([name]) => `${identifier(name)} VARCHAR`);
  // DuckDB sizes its read buffers by the largest object, one file here, so the limit follows the files instead of being generous.
  const largest = Math.max(1 << 20, ...files.map((file) => file.bytes + 1024));
  return `SELECT unnest(records) AS r FROM read_json([${files.map((file) => quote(file.path)).join(', ')}],
    columns = {'records': 'STRUCT(${struct.join(', ')})[]'}, format = '${format}', compression = 'uncompressed', maximum_object_size = ${largest})`;
}

function emptyRecords(table: TableName): string {
  const nulls = columnsOf(table).map(([name]) => `${quote(name)}: NULL::VARCHAR`);
  return `SELECT {${nulls.join(', ')}} AS r WHERE false`;
}

/**
 * The typed columns of `source`, in its order. Each step of a value (trimmed, typed, level, rejected) is a query of its
 * own, because DuckDB computes a named expression again wherever a CASE of the same query mentions it. Nothing in it may
 * become a join or an aggregate: these do not keep the order, and with it goes the determinism of the file.
 */
function typedSelect(table: TableName, source: string, levels: BucketLevels): string {
  const trimmed: string[] = [];
  const typed: string[] = [];
  const final: string[] = [];
  const bad: string[] = [];
  const entries: string[] = [];
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
    const absent = kind === 'bucket' ? level : column;
    const badName = identifier(`bad_${name}`);
    bad.push(
      `CASE WHEN ${absent} IS NULL THEN CASE WHEN ${isMissing(raw)} THEN NULL ELSE ${raw} END END AS ${badName}`,
    );
    entries.push(`${quote(name)}: ${badName}`);
  }
  const anyBad = `coalesce(${entries.map((entry) => entry.slice(entry.indexOf(': ') + 2)).join(', ')})`;
  return `SELECT ${final.join(', ')}, CASE WHEN ${anyBad} IS NULL THEN NULL ELSE to_json({${entries.join(', ')}})::VARCHAR END AS ${identifier(REJECTED)}
    FROM (SELECT ${final.join(', ')}, ${bad.join(', ')} FROM (SELECT ${typed.join(', ')} FROM (SELECT ${trimmed.join(', ')} FROM (${source}))))`;
}

type BucketLevels = Readonly<Record<string, readonly (readonly [text: string, level: number])[]>>;

/**
 * Buckets are few and their levels take a regular expression each, so those of the first batch are computed once and
 * looked up; what is not among them takes the long way, with the same result.
 */
async function bucketLevels(db: DuckDbSession, table: TableName, source: string): Promise<BucketLevels> {
  const levels: Record<string, [string, number][]> = {};
  for (const [name, { kind }] of columnsOf(table)) {
    if (kind !== 'bucket') continue;
    const raw = rawExpression(kind, `r.${identifier(name)}`);
    const rows = await db.rows(
      `SELECT t, ${bucketLevel('t')} AS level FROM (SELECT DISTINCT ${raw} AS t FROM (${source}))
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
 * Writes `target` from the batches. The rows keep the order of the batches given, so the bytes do not depend on
 * threads. Sorting would also hide how records were cut into batches, but costs half as much as everything else. Throws what DuckDB throws where even a repaired batch cannot be read.
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
  let format: BodyFormat = 'newline_delimited';
  for (;;) {
    const read = (some: readonly BatchFile[]) =>
      some.length > 0 ? readBatches(table, some, format) : emptyRecords(table);
    try {
      const levels = await bucketLevels(db, table, read(files.slice(0, 1)));
      await copyToParquet(db, typedSelect(table, read(files), levels), target);
      break;
    } catch (error) {
      const index = blamedFile(error, files);
      if (index < 0 || repaired.has(index)) throw error;
      // Reading line by line takes two thirds of the time, and a body of several lines fails it at once: then read again.
      if (format === 'newline_delimited') format = 'unstructured';
      else await repair(index);
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
  const counts = names.map((name) => `count(${identifier(name)}) AS ${identifier(name)}`);
  const total = await db.row(
    `SELECT count(*) AS _rows, count(${identifier(REJECTED)}) AS _bad, ${counts.join(', ')} FROM ${parquet}`,
  );
  const rows = Number(total._rows);
  const columns: Record<string, ColumnReport> = {};
  for (const name of names) columns[name] = { missing: rows - Number(total[name]), uncastable: 0, examples: [] };
  if (Number(total._bad) === 0) return { rows, columns };

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
