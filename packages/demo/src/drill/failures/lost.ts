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

/** moto lets anybody in who gives a name. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=drill/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';

/** Acknowledged batches that their closed version does not list, or whose bytes the object store does not have. */
export async function lostBatches(stack: Stack, client: Client, acknowledged: readonly SentBatch[]): Promise<string[]> {
  const fetched = (key: string, method = 'GET') =>
    fetch(`${stack.s3.url}/kindred/${key}`, { method, headers: { authorization: AUTHORIZATION } });
  const { nodes } = (await ask(client, '{ datasetVersions(first: 100) { nodes { name manifestHash } } }', versions))
    .datasetVersions;
  const lost: string[] = [];
  for (const name of new Set(acknowledged.map(({ version }) => version))) {
    const hash = nodes.find((node) => node.name === name)?.manifestHash ?? '';
    const answer = await fetched(`sha256/${hash.slice(0, 2)}/${hash.slice(2)}`);
    const { tables } = answer.ok ? manifest.parse(await answer.json()) : { tables: {} };
    for (const { version, table, batch, records } of acknowledged) {
      if (version !== name) continue;
      const listed = tables[table]?.batches.find(({ batch_id }) => batch_id === batch);
      const there = listed?.records === records && (await fetched(listed.key, 'HEAD')).ok;
      if (!there) lost.push(`batch ${batch} of ${table} of ${version} was acknowledged and is lost`);
    }
  }
  return lost;
}
