import { z } from 'zod';
import { experimentsReply } from '../client.ts';
import type { Session } from './session.ts';

const revisions = z.object({
  data: z.object({
    datasetVersions: z.object({
      nodes: z.array(
        z.object({
          name: z.string(),
          status: z.string(),
          dvcRevision: z.object({ commit: z.string(), dvcHash: z.string() }).nullable(),
        }),
      ),
    }),
  }),
});

const QUERY = '{ datasetVersions(first: 100) { nodes { name status dvcRevision { commit dvcHash } } } }';
/** Revisions come a moment after their jobs. */
const PATIENCE_MS = 60_000;

/** Part of 5.25: every sound version is a DVC revision, and each experiment names that of its data. */
export async function checkRevisions({ client, verdicts }: Session, sound: readonly string[]): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  const ask = async () => {
    const reply = await client.graphql(QUERY);
    const { nodes } = revisions.parse(reply.json).data.datasetVersions;
    return new Map(nodes.map(({ name, dvcRevision }) => [name, dvcRevision]));
  };
  let found = await ask();
  while (sound.some((name) => !found.get(name)) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    found = await ask();
  }
  const missing = sound.filter((name) => !found.get(name));
  verdicts.check('5.25', missing.length === 0, `no DVC revision of ${missing.join()}`);
  const { experiments } = experimentsReply.parse((await client.get('/experiments')).json);
  for (const { data_version, dvc_hash, dvc_revision } of experiments) {
    const { commit, dvcHash } = found.get(data_version) ?? {};
    verdicts.check(
      '5.25',
      dvc_revision !== undefined && dvc_revision === commit && dvc_hash === dvcHash,
      `experiment on ${data_version}: revision ${dvc_revision}, its data's ${commit}`,
    );
  }
}
