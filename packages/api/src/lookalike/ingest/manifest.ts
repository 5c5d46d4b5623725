/** The manifest of a version: which batches it consists of. Written by the commit, read by ingest. */
import { z } from 'zod';
import { TABLE_NAMES, type TableName } from '../tables.ts';

const batchSchema = z.object({
  batch_id: z.int().min(1),
  hash: z.string(),
  bytes: z.int().min(0),
  /** Where a batch announced another total than its table's manifest entry. */
  total_batches: z.int().min(1).optional(),
});

const tableSchema = z.object({
  /** The largest total that a batch of the table announced. */
  total_batches: z.int().min(0),
  batches: z.array(batchSchema),
  /** Every total announced, where batches disagreed. */
  totals: z.array(z.int()).optional(),
});

const manifestSchema = z.object({
  version: z.string(),
  tables: z.partialRecord(z.enum(TABLE_NAMES as [TableName, ...TableName[]]), tableSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestTable = z.infer<typeof tableSchema>;

export function parseManifest(value: unknown): Manifest {
  return manifestSchema.parse(value);
}

/** Totals that batches of one table announced, where they disagree; empty where they agree. */
export function conflictingTotals(table: ManifestTable): number[] {
  const totals = new Set(table.totals ?? []);
  totals.add(table.total_batches);
  for (const batch of table.batches) if (batch.total_batches !== undefined) totals.add(batch.total_batches);
  return totals.size > 1 ? [...totals].sort((a, b) => a - b) : [];
}
