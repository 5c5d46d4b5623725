import type { Client, StatusReply } from './client.ts';
import { eachOf, until } from './client.ts';
import { hashText, Random } from './random.ts';
import type { TableName } from './world/tables.ts';
import type { VersionData } from './world/version.ts';

export interface SendOptions {
  /** Order of the batches and which are sent twice follow from it. */
  readonly seed: number;
  readonly atOnce?: number;
  /** Share of the batches that are sent a second time. */
  readonly resent?: number;
  readonly progress?: (line: string) => void;
}

export interface Sent {
  readonly batches: number;
  readonly records: number;
  readonly seconds: number;
}

const ORDER = hashText('batch-order');

/** Sends all batches of a version, tables mixed and in shuffled order. Throws Error where one is not accepted. */
export async function sendVersion(
  client: Client,
  version: string,
  data: VersionData,
  options: SendOptions,
): Promise<Sent> {
  const random = new Random(options.seed, ORDER, hashText(version));
  const list: { table: TableName; batch: number; total: number }[] = [];
  for (const [table, { total, unsent }] of data.tables) {
    for (let batch = 1; batch <= total; batch++) if (!unsent.has(batch)) list.push({ table, batch, total });
  }
  for (const item of [...list]) if (random.next() < (options.resent ?? 0.02)) list.push(item);
  random.shuffle(list);
  const started = performance.now();
  let done = 0;
  let lastTold = 0;
  await eachOf(list, options.atOnce ?? 6, async ({ table, batch, total }) => {
    const reply = await client.batch(version, table, batch, total, data.read(table, batch));
    if (reply.status !== 200)
      throw new Error(`batch ${batch} of ${table}: ${reply.status} ${reply.text.slice(0, 300)}`);
    done++;
    const share = Math.floor((10 * done) / list.length);
    if (share > lastTold) {
      lastTold = share;
      options.progress?.(`${version}: ${done} of ${list.length} batches`);
    }
  });
  return { batches: list.length, records: data.records, seconds: (performance.now() - started) / 1000 };
}

/** Commits and waits until the pipeline is idle again. `seen` collects every status that was met on the way. */
export async function commitAndWait(
  client: Client,
  version: string,
  seen: StatusReply[] = [],
  timeoutMs = 600_000,
): Promise<{ status: StatusReply; seconds: number; tables: unknown }> {
  const started = performance.now();
  const reply = await client.commit(version);
  if (reply.status !== 200) throw new Error(`commit ${version}: ${reply.status} ${reply.text.slice(0, 300)}`);
  await until(
    `pipeline of ${version} idle`,
    timeoutMs,
    async () => {
      const status = await client.status();
      seen.push(status);
      return status.pipeline_status === 'idle';
    },
    20,
  );
  return { status: seen.at(-1) as StatusReply, seconds: (performance.now() - started) / 1000, tables: reply.json };
}
