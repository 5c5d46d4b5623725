/** Second reading of a batch body that DuckDB's strict JSON parser refused, by the parser that accepted it at reception. */
import { readFile, writeFile } from 'node:fs/promises';
import type { ColumnKind } from '../tables.ts';

/** A field as text, the way DuckDB reads JSON into VARCHAR: texts as they are, anything else as JSON. */
function fieldText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
}

/**
 * Rewrites the body at `source` to `target` with the table's known columns only, every field a text or null. Repeated keys
 * keep the last value, lone surrogates become U+FFFD, records that are not objects are dropped.
 */
export async function repairBatch(
  source: string,
  target: string,
  columns: Readonly<Record<string, { kind: ColumnKind }>>,
): Promise<void> {
  const body: unknown = JSON.parse((await readFile(source, 'utf8')).replace(/^\uFEFF/, ''));
  const records = typeof body === 'object' && body !== null ? (body as { records?: unknown }).records : undefined;
  const rows = (Array.isArray(records) ? records : []).filter(
    (record): record is Record<string, unknown> =>
      typeof record === 'object' && record !== null && !Array.isArray(record),
  );
  const names = Object.keys(columns);
  const plain = rows.map((row) => Object.fromEntries(names.map((name) => [name, fieldText(row[name])])));
  await writeFile(target, JSON.stringify({ records: plain }));
}
