import { z } from 'zod';
import { contentKey } from '../objects/object-store.ts';
import type { ArtifactRef } from '../pipelines/stage.ts';
import type { DatasetVersion } from './dataset-version.entity.ts';

/**
 * The closed set of batches that make up a version: one JSON object of the store, whose hash is the version's content.
 * Systems add fields; what is here is what the core reads.
 */
export const manifestSchema = z.looseObject({
  version: z.string(),
  tables: z.record(
    z.string(),
    z.looseObject({
      total_batches: z.int().min(0),
      batches: z.array(
        z.looseObject({ batch_id: z.int().min(1), key: z.string(), hash: z.string(), bytes: z.int().min(0) }),
      ),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST = 'manifest.json';

/** The manifest of a committed version as an artifact; undefined before its commit. */
export function manifestArtifact(version: DatasetVersion): ArtifactRef | undefined {
  if (version.manifestHash === null || version.manifestHash === undefined) return undefined;
  const { manifestHash: hash, manifestBytes } = version;
  return { name: MANIFEST, hash, key: contentKey(hash), bytes: manifestBytes ?? 0 };
}

/** The batches as artifacts, named `batch.<table>.<batch id>`. */
export function manifestMembers(manifest: Manifest): Map<string, ArtifactRef> {
  const members = new Map<string, ArtifactRef>();
  for (const [table, entry] of Object.entries(manifest.tables)) {
    for (const { batch_id, key, hash, bytes } of entry.batches) {
      const name = `batch.${table}.${batch_id}`;
      members.set(name, { name, hash, key, bytes });
    }
  }
  return members;
}
