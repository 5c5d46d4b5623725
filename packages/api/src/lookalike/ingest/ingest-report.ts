/** What ingest found; `ingest.json`. Validation reads it, so its shape is part of the pipeline. */
import { z } from 'zod';
import { TABLE_NAMES, type TableName } from '../tables.ts';

const columnReport = z.object({
  /** Rows without a value: the field was absent, null or a spelling of "no value". */
  missing: z.int(),
  /** Rows whose value could not be read as the column's kind. */
  uncastable: z.int(),
  /** Up to five different values that could not be read, in order. */
  examples: z.array(z.string()),
});

const tableReport = z.object({
  rows: z.int(),
  expected_batches: z.int(),
  received_batches: z.int(),
  /** The first 100 ids that did not arrive; `missing_batch_count` counts all. */
  missing_batches: z.array(z.int()),
  missing_batch_count: z.int(),
  /** Different totals that batches announced; empty where they agree. */
  conflicting_totals: z.array(z.int()),
  /** Batches that had to be rewritten because their JSON was not strict (lone surrogates, repeated keys). */
  repaired_batches: z.int(),
  columns: z.record(z.string(), columnReport),
});

const ingestReport = z.object({
  version: z.string(),
  tables: z.partialRecord(z.enum(TABLE_NAMES as [TableName, ...TableName[]]), tableReport),
});

export type ColumnReport = z.infer<typeof columnReport>;
export type TableReport = z.infer<typeof tableReport>;
export type IngestReport = z.infer<typeof ingestReport>;

export function parseIngestReport(value: unknown): IngestReport {
  return ingestReport.parse(value);
}
