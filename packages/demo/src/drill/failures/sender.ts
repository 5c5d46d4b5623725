import type { Client, Reply } from '../../client.ts';
import type { VersionData } from '../../world/version.ts';

/** Answers that a sender may get besides 200, and what it does about them: it sends the same again. */
const AGAIN = [503, 507];
const LONGEST_MS = 240_000;

/** A batch that was answered with 200. */
export interface SentBatch {
  readonly version: string;
  readonly table: string;
  readonly batch: number;
  readonly records: number;
}

/** What writers were told: how often each refusal, by status and code. */
export type Refusals = Map<string, number>;

/**
 * Sends to whichever replica takes it, again and again until one has acknowledged it.
 *
 * @throws Error for an answer that no outage explains: another status, or a refusal without code or Retry-After.
 */
export async function insist(
  clients: readonly Client[],
  refusals: Refusals,
  what: string,
  send: (client: Client) => Promise<Reply>,
): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  for (let turn = 0; ; turn++) {
    const reply = await send(clients[turn % clients.length] as Client).catch(() => undefined);
    if (reply?.status === 200) return;
    const code = reply && /"code":"(\w+)"/.exec(reply.text)?.[1];
    const name = reply ? `${reply.status} ${code}` : 'no answer';
    refusals.set(name, (refusals.get(name) ?? 0) + 1);
    if (reply && !(AGAIN.includes(reply.status) && code !== undefined && code !== 'INTERNAL')) {
      throw new Error(`${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
    }
    if (performance.now() > end) throw new Error(`${what} was not taken within ${LONGEST_MS / 1000} s: ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** All batches of a version, one after the other with pauses, then its commit. @returns the batches that were acknowledged. */
export async function sendVersion(
  clients: readonly Client[],
  refusals: Refusals,
  version: string,
  data: VersionData,
  pauseMs: number,
): Promise<SentBatch[]> {
  const acknowledged: SentBatch[] = [];
  let turn = 0;
  for (const [table, { total, unsent }] of data.tables) {
    for (let batch = 1; batch <= total; batch++) {
      if (unsent.has(batch)) continue;
      const records = data.read(table, batch);
      const order = turn++ % 2 === 0 ? clients : clients.toReversed();
      await insist(order, refusals, `${version}: batch ${batch} of ${table}`, (client) =>
        client.batch(version, table, batch, total, records),
      );
      acknowledged.push({ version, table, batch, records: (JSON.parse(records) as unknown[]).length });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  await insist(clients, refusals, `commit of ${version}`, (client) => client.commit(version));
  return acknowledged;
}
