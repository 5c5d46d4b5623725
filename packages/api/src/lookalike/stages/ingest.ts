/** Batches as received -> one typed Parquet file per table. */
import { join } from 'node:path';
import { missingBatches } from '../../datasets/missing-batches.ts';
import type { Json, Stage, StageContext } from '../../pipelines/stage.ts';
import { DuckDbSession } from '../../tables/duckdb-session.ts';
import type { IngestReport, TableReport } from '../ingest/ingest-report.ts';
import { type BatchFile, ingestTable } from '../ingest/ingest-table.ts';
import { conflictingTotals, type ManifestTable, parseManifest } from '../ingest/manifest.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';

const LISTED_MISSING_BATCHES = 100;
/** Batch paths are asked for in groups: enough to overlap look-ups, few enough for an object store to serve at once. */
const PATHS_AT_ONCE = 64;

async function batchFiles(context: StageContext, table: TableName, entry: ManifestTable): Promise<BatchFile[]> {
  const batches = [...entry.batches].sort((a, b) => a.batch_id - b.batch_id);
  const files: BatchFile[] = [];
  for (let from = 0; from < batches.length; from += PATHS_AT_ONCE) {
    context.signal.throwIfAborted();
    const group = batches.slice(from, from + PATHS_AT_ONCE);
    const paths = await Promise.all(group.map((batch) => context.path(`batch.${table}.${batch.batch_id}`)));
    for (let i = 0; i < group.length; i++) files.push({ path: paths[i], bytes: group[i].bytes });
  }
  return files;
}

function batchFacts(entry: ManifestTable): Omit<TableReport, 'rows' | 'columns' | 'repaired_batches'> {
  const received = new Set(entry.batches.map((batch) => batch.batch_id));
  const missing = missingBatches(received, entry.total_batches, LISTED_MISSING_BATCHES);
  return {
    expected_batches: entry.total_batches,
    received_batches: entry.batches.length,
    missing_batches: missing.ids,
    missing_batch_count: missing.count,
    conflicting_totals: conflictingTotals(entry),
  };
}

/**
 * Reads `manifest.json` and the batches it lists; writes `table.<name>.parquet` for each table with at least one batch
 * (possibly of no rows) and `ingest.json`. The bytes depend on the set of batches only, not on the order of arrival or on
 * threads: batches are read in order of batch id.
 */
export const ingestStage: Stage = {
  name: 'ingest',
  codeVersion: 1,
  inputs: ['manifest.json', 'batch.*'],
  weight: 10,
  async run(context) {
    const manifest = parseManifest(await context.json('manifest.json'));
    await using db = await DuckDbSession.open(context);
    const report: IngestReport = { version: manifest.version, tables: {} };
    const entries = TABLE_NAMES.flatMap((table) => {
      const entry = manifest.tables[table];
      return entry ? [{ table, entry, bytes: entry.batches.reduce((sum, batch) => sum + batch.bytes, 0) }] : [];
    });
    const totalBytes = Math.max(
      1,
      entries.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    const reports = new Map<TableName, TableReport>();
    let doneBytes = 0;

    const ingestOne = async (connection: DuckDbSession, { table, entry, bytes }: (typeof entries)[number]) => {
      context.signal.throwIfAborted();
      context.progress(doneBytes / totalBytes, `reading ${table}`);
      const facts = batchFacts(entry);
      if (entry.batches.length === 0) {
        reports.set(table, { rows: 0, ...facts, repaired_batches: 0, columns: {} });
        return;
      }
      const file = `table.${table}.parquet`;
      const target = join(context.scratch, file);
      const files = await batchFiles(context, table, entry);
      const { rows, repaired, columns } = await ingestTable(connection, table, files, target, context.scratch);
      await context.output(file, target);
      reports.set(table, { rows, ...facts, repaired_batches: repaired, columns });
      context.log(`${table}: ${rows} rows`, { batches: facts.received_batches });
      if (facts.missing_batch_count > 0) {
        context.warn(`${table}: ${facts.missing_batch_count} batches are missing`, { batches: facts.missing_batches });
      }
      if (repaired > 0) context.warn(`${table}: ${repaired} batches could be read only row by row`);
      doneBytes += bytes;
    };

    // Two tables at a time, large ones first: a small table's statement keeps one thread busy at most.
    const waiting = entries.toSorted((a, b) => b.bytes - a.bytes);
    const lane = async () => {
      await using connection = await db.connect();
      for (let next = waiting.shift(); next; next = waiting.shift()) await ingestOne(connection, next);
    };
    const lanes = await Promise.allSettled([lane(), lane()]);
    for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason;

    let rows = 0;
    for (const { table } of entries) {
      const facts = reports.get(table);
      if (!facts) continue;
      report.tables[table] = facts;
      rows += facts.rows;
    }
    await context.outputJson('ingest.json', report as unknown as Json);
    context.progress(1, 'read');
    const rowCounts = Object.fromEntries(Object.entries(report.tables).map(([table, facts]) => [table, facts.rows]));
    return { summary: { tables: Object.keys(report.tables), rows, row_counts: rowCounts } };
  },
};
