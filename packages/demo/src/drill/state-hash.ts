import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, experimentsReply } from '../client.ts';

/** Names whose values tell when or under which random name something happened, not what; a commit's hash covers its time. */
const INCIDENTAL = /(^|_)(run_id|id|timestamp|time|at|seconds|ms|duration|uuid|dvc_revision)$/;
const KEPT = new Set(['user_id', 'merchant_id', 'offer_id', 'batch_id']);

function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => KEPT.has(key) || !INCIDENTAL.test(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, essence(inner)]),
  );
}

export interface State {
  readonly hash: string;
  /** What each call says, without what is incidental. */
  readonly parts: Readonly<Record<string, string>>;
}

/** DVC's revisions come a moment after their jobs, later if a crash came between; their hashes are part of the state. */
const REVISION_PATIENCE_MS = 60_000;

async function untilRevisionsAreWritten(client: Client): Promise<void> {
  const until = Date.now() + REVISION_PATIENCE_MS;
  for (;;) {
    const { experiments } = experimentsReply.parse((await client.get('/experiments')).json);
    if (Date.now() > until || experiments.every(({ dvc_hash }) => dvc_hash !== undefined)) return;
    await sleep(250);
  }
}

/** All that the public calls say: status, model, drift, quality, experiments, and audiences of the offers. */
export async function stateHash(client: Client, offers: readonly { id: number; merchantId: number }[]): Promise<State> {
  const parts: Record<string, string> = {};
  const add = (name: string, value: unknown): void => {
    parts[name] = JSON.stringify(essence(value));
  };
  await untilRevisionsAreWritten(client);
  for (const path of ['/status', '/model/info', '/monitoring/drift', '/monitoring/data-quality', '/experiments']) {
    add(path, (await client.get(path)).json);
  }
  for (const offer of offers)
    add(`audience ${offer.id}`, (await client.lookalike(offer.merchantId, offer.id, 100)).json);
  return { hash: createHash('sha256').update(JSON.stringify(parts)).digest('hex'), parts };
}
