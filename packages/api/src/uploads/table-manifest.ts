import { type Manifest, manifestSchema } from '../datasets/manifest.ts';
import { contentKey } from '../objects/object-store.ts';
import type { ConvertedTable } from './convert-table.ts';

/** A table's content, in the form that all data sets have: one batch of one table. */
export function tableManifest(version: string, { original, table }: ConvertedTable): Manifest {
  const member = { batch_id: 1, key: contentKey(table.hash), hash: table.hash, bytes: table.bytes };
  return manifestSchema.parse({
    version,
    tables: { table: { total_batches: 1, batches: [member], original: original.hash } },
  });
}
