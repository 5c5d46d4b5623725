import { Client, until } from '../../client.ts';
import type { VersionData } from '../../world/version.ts';
import type { Failure } from './failure.ts';
import { jobsOf } from './graphql.ts';
import type { Load } from './load.ts';
import { lostBatches } from './lost.ts';
import type { MetricsWatch } from './metrics-watch.ts';
import { type Refusals, sendVersion } from './sender.ts';
import type { Stack } from './stack.ts';

export interface Struck {
  readonly name: string;
  /** Why it was not tried. */
  readonly skipped?: string;
  /** From the moment it struck until everything was done and both replicas were idle. */
  readonly seconds: number;
  /** How long the failure lasted; then how long senders, and everything, still took. */
  readonly lasted: number;
  readonly sendingAfter: number;
  readonly recovered: number;
  readonly asked: Load['asked'];
  readonly refusals: Refusals;
  /** Batches that were acknowledged and are not in the stores. */
  readonly lost: readonly string[];
  readonly inLog: boolean;
  readonly inMetrics: boolean;
  /** What went wrong besides. */
  readonly offences: readonly string[];
}

export interface Pair {
  /** Committed just before the failure strikes: its training goes on meanwhile. */
  readonly training: { readonly name: string; readonly data: VersionData };
  /** Being sent meanwhile. */
  readonly arriving: { readonly name: string; readonly data: VersionData };
}

/** Between two batches of the version that arrives: so it takes some seconds, as a real one would. */
const PAUSE_MS = 150;
const IDLE_MS = 180_000;

/** Sends the pair, with the failure striking in the middle of its training and arrival. */
export async function strike(
  stack: Stack,
  failure: Failure,
  { training, arriving }: Pair,
  load: Load,
  watch: MetricsWatch,
): Promise<Struck> {
  const clients = stack.apis.map(({ url }) => new Client(url, { timeoutMs: 20_000 }));
  const refusals: Refusals = new Map();
  const offences: string[] = [];
  const skipped = failure.skipped?.(stack);
  try {
    const before = performance.now();
    const lines = new Map(stack.processes.map((each) => [each, each.lines.length]));
    const acknowledged = await sendVersion(clients, refusals, training.name, training.data, 0);
    const runner = await runnerOf(stack, clients, training.name);
    const sending = sendVersion(clients, refusals, arriving.name, arriving.data, PAUSE_MS).catch((error: unknown) => {
      offences.push(String(error));
      return [];
    });
    const begun = performance.now();
    if (skipped === undefined) {
      await failure.strike(stack, runner).catch((error: unknown) => {
        offences.push(String(error));
      });
    }
    const over = performance.now();
    acknowledged.push(...(await sending));
    const sent = performance.now();
    await bothIdle(clients).catch((error: unknown) => {
      offences.push(String(error));
    });
    const idle = performance.now();
    // Watches look every two seconds, and pages are read every second.
    await new Promise((resolve) => setTimeout(resolve, 3500));
    const pages = watch.pages.filter(({ at }) => at >= before);
    const logged = stack.processes.flatMap((each) => each.lines.slice(lines.get(each)));
    return {
      name: failure.name,
      ...(skipped === undefined ? {} : { skipped }),
      seconds: (performance.now() - begun) / 1000,
      lasted: (over - begun) / 1000,
      sendingAfter: (sent - over) / 1000,
      recovered: (idle - over) / 1000,
      asked: load.asked.filter(({ at }) => at >= begun),
      refusals,
      lost: await lostBatches(stack, clients[0] as Client, acknowledged),
      inLog: logged.some(failure.inLog),
      inMetrics: failure.inMetrics(pages),
      offences,
    };
  } finally {
    for (const client of clients) client.close();
  }
}

export async function bothIdle(clients: readonly Client[]): Promise<void> {
  for (const client of clients) {
    await until(
      `${client.url.host} idle`,
      IDLE_MS,
      async () => (await client.status()).pipeline_status === 'idle',
      100,
    );
  }
}

/** Waits until the version's model is being trained, and finds the worker that does it. */
async function runnerOf(stack: Stack, clients: readonly Client[], version: string) {
  const [client] = clients;
  if (!client) throw new Error('no replica');
  let job = '';
  await until(
    `training of ${version}`,
    60_000,
    async () => {
      const found = (await jobsOf(client, 5)).find(({ datasetVersion }) => datasetVersion?.name === version);
      job = found?.uuid ?? '';
      // A version that needs no training is done without: then the failure strikes a little later.
      return (
        found?.status === 'completed' ||
        found?.stages.some(({ name, status }) => name === 'train' && status === 'running') === true
      );
    },
    20,
  );
  const runner = stack.workers.find(({ lines }) =>
    lines.some((line) => line.job === job && /^JOB_/.test(line.code ?? '')),
  );
  if (!runner) throw new Error(`no worker says that it has taken job ${job}`);
  return runner;
}
