import type { Core } from '../core.ts';
import { manifestMembers, manifestSchema } from '../datasets/manifest.ts';
import { contentKey } from '../objects/object-store.ts';

export interface BatchNode {
  /** sha-256 of the batch as it was received. */
  readonly key: string;
  readonly title: string;
  readonly manifest: string;
}

/** The batches of manifests, which are in no edge: a version may have thousands. At most so many; fewer where one is gone. */
export async function batchNodes(core: Core, manifests: readonly string[], most: number): Promise<BatchNode[]> {
  const nodes: BatchNode[] = [];
  for (const manifest of manifests) {
    if (nodes.length >= most) break;
    const bytes = await core.objects.get(contentKey(manifest)).catch(() => undefined);
    if (!bytes) continue;
    const members = manifestMembers(manifestSchema.parse(JSON.parse(bytes.toString('utf8'))));
    for (const { name, hash } of [...members.values()].slice(0, most - nodes.length)) {
      nodes.push({ key: hash, title: name, manifest });
    }
  }
  return nodes;
}
