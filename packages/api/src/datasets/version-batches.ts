import { z } from 'zod';
import type { Core } from '../core.ts';
import { contentKey } from '../objects/object-store.ts';
import type { DatasetVersion } from './dataset-version.entity.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { missingBatches } from './missing-batches.ts';

/** What there is of one table of a version. */
export interface TableBatches {
  readonly table: string;
  readonly batches: number;
  readonly totalBatches: number;
  /** Numbers of batches that are announced and not there, the first ones. */
  readonly missing: readonly number[];
  /** Undefined where the manifest does not say. */
  readonly records: number | undefined;
  readonly bytes: number;
}

/** More than anybody reads. */
export const LISTED_MISSING = 100;

const counted = z.object({ records: z.int() });

/** Of a committed version, by its manifest; of an open one nothing is said here. */
export async function committedBatches(core: Core, version: DatasetVersion): Promise<TableBatches[]> {
  if (version.manifestHash == null) return [];
  const bytes = await core.objects.get(contentKey(version.manifestHash));
  const { tables } = manifestSchema.parse(JSON.parse(bytes.toString('utf8')));
  return Object.entries(tables).map(([table, entry]) => batchesOf(table, entry));
}

function batchesOf(table: string, { total_batches: totalBatches, batches }: Manifest['tables'][string]): TableBatches {
  const records = batches.map((batch) => counted.safeParse(batch).data?.records);
  const known = records.filter((count) => count !== undefined);
  return {
    table,
    batches: batches.length,
    totalBatches,
    missing: missingBatches(new Set(batches.map((batch) => batch.batch_id)), totalBatches, LISTED_MISSING).ids,
    records: known.length === batches.length ? known.reduce((sum, count) => sum + count, 0) : undefined,
    bytes: batches.reduce((sum, batch) => sum + batch.bytes, 0),
  };
}
