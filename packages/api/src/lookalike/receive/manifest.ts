import type { Manifest } from '../../datasets/manifest.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';

/** One stored batch. */
export interface BatchEntry {
  readonly batchId: number;
  /** What its sender announced for the table. */
  readonly totalBatches: number;
  readonly key: string;
  /** sha-256 of the stored bytes, hex. */
  readonly hash: string;
  readonly bytes: number;
  readonly records: number;
}

export type Tables<Entry> = ReadonlyMap<TableName, ReadonlyMap<number, Entry>>;

/** The canonical list of a version's batches: equal sets give equal manifests, in whatever order they came. */
export function buildManifest(version: string, tables: Tables<BatchEntry>): Manifest {
  const manifest: Manifest = { version, tables: {} };
  for (const table of TABLE_NAMES) {
    const entries = [...(tables.get(table)?.values() ?? [])].sort((a, b) => a.batchId - b.batchId);
    if (entries.length === 0) continue;
    manifest.tables[table] = {
      // Where batches disagree the largest counts, so that a missing batch is noticed.
      total_batches: entries.reduce((most, entry) => Math.max(most, entry.totalBatches), 0),
      batches: entries.map((entry) => ({
        batch_id: entry.batchId,
        total_batches: entry.totalBatches,
        key: entry.key,
        hash: entry.hash,
        bytes: entry.bytes,
        records: entry.records,
      })),
    };
  }
  return manifest;
}
