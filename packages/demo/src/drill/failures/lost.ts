import { join } from 'node:path';
import { ObjectCache } from '@kindred/api/objects/object-cache.ts';
import { contentKey } from '@kindred/api/objects/object-store.ts';
import { S3ObjectStore } from '@kindred/api/objects/s3-store.ts';
import { z } from 'zod';
import type { Client } from '../../client.ts';
import { ask } from './graphql.ts';
import type { SentBatch } from './sender.ts';
import type { Stack } from './stack.ts';

const versions = z.object({
  datasetVersions: z.object({ nodes: z.array(z.object({ name: z.string(), manifestHash: z.string().nullable() })) }),
});
const manifest = z.object({
  tables: z.record(
    z.string(),
    z.object({ batches: z.array(z.object({ batch_id: z.number(), key: z.string(), records: z.number() })) }),
  ),
});

/** Acknowledged batches that their closed version does not list, or whose bytes the object store does not have. */
export async function lostBatches(stack: Stack, client: Client, acknowledged: readonly SentBatch[]): Promise<string[]> {
  const { s3 } = stack;
  const config = { endpoint: s3.url, bucket: 'kindred', region: 'us-east-1', cacheBytes: 2 ** 27 };
  const store = new S3ObjectStore(
    { ...config, accessKeyId: s3.key, secretAccessKey: s3.secret },
    new ObjectCache({ root: join(stack.folder, 'drill-cache'), limit: config.cacheBytes }),
  );
  const { nodes } = (await ask(client, '{ datasetVersions(first: 100) { nodes { name manifestHash } } }', versions))
    .datasetVersions;
  const lost: string[] = [];
  for (const name of new Set(acknowledged.map(({ version }) => version))) {
    const hash = nodes.find((node) => node.name === name)?.manifestHash;
    const { tables } =
      typeof hash === 'string'
        ? manifest.parse(JSON.parse((await store.get(contentKey(hash))).toString()))
        : { tables: {} as z.infer<typeof manifest>['tables'] };
    for (const { version, table, batch, records } of acknowledged) {
      if (version !== name) continue;
      const listed = tables[table]?.batches.find(({ batch_id }) => batch_id === batch);
      const there = listed?.records === records && (await store.has(listed.key));
      if (!there) lost.push(`batch ${batch} of ${table} of ${version} was acknowledged and is lost`);
    }
  }
  return lost;
}
