import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, until } from '../../client.ts';
import { startService } from '../../service.ts';
import { SIZES } from '../../world/config.ts';
import { closedOffers } from '../../world/truth.ts';
import { createVersion } from '../../world/version.ts';
import { createWorld } from '../../world/world.ts';
import { FAILURES } from './failures.ts';
import { Load } from './load.ts';
import { MetricsWatch } from './metrics-watch.ts';
import { differences, jobOffences, mlflowOffences, type Outcome, outcomeOf } from './outcome.ts';
import { bothIdle, type Pair, type Struck, strike } from './play.ts';
import { sendVersion } from './sender.ts';
import { type Stack, startStack } from './stack.ts';
import { Subscriber } from './subscriber.ts';

/** Each moves what the one before left, far enough to be trained on. */
const DRIFTS = [
  'drift:taste,amount',
  'drift:segments,online',
  'drift:taste=1',
  'drift:amount=-0.8',
  'drift:taste,amount',
  'drift:segments=0.6',
  'drift:taste=1,amount=-0.8',
  'drift:online=0.4',
];

export interface FailuresOptions {
  readonly seed: number;
  readonly users: number;
  /** Questions a second. */
  readonly rate: number;
  /** Only failures whose name has this in it. */
  readonly only: string | undefined;
  /** Folder for the logs of all processes. */
  readonly logs: string | undefined;
}

export interface FailuresReport {
  readonly struck: readonly Struck[];
  readonly offences: readonly string[];
  readonly asked: Load['asked'];
}

/** Lets every failure of THE LIST strike a whole stack at work, and compares what it came to with an undisturbed run. */
export async function failureDrill(options: FailuresOptions, say: (line: string) => void): Promise<FailuresReport> {
  const { seed, users, rate } = options;
  const only = options.only?.toLowerCase() ?? '';
  const failures = FAILURES.filter(({ name }) => name.toLowerCase().includes(only));
  // A version that drifts, so that it is trained on, and one like it, for each failure.
  const steps = ['base', ...failures.flatMap((_, i) => [DRIFTS[i % DRIFTS.length] ?? 'same', 'same'])];
  const world = createWorld({ ...SIZES.tiny, users, seed, lawMode: 'rewrite', stepDays: 7, steps });
  const versions = steps.map((_, step) => ({ name: `v${step}`, data: createVersion(world, step, { size: 2000 }) }));
  const [base, ...rest] = versions;
  if (!base) throw new Error('no versions');
  const offers = closedOffers(world, world.moments.length - 1);
  const calm = await undisturbed(versions, offers, seed, say);
  const stack = await startStack(seed, say);
  const watch = new MetricsWatch(stack.processes);
  const subscribers = stack.apis.map(({ url }) => new Subscriber(url));
  const clients = stack.apis.map(({ url }) => new Client(url, { timeoutMs: 30_000 }));
  let load: Load | undefined;
  try {
    await sendVersion(clients, new Map(), base.name, base.data, 0);
    await bothIdle(clients);
    load = new Load(
      stack.apis.map(({ url }) => url),
      closedOffers(world, 0),
      seed,
      rate,
    );
    const struck: Struck[] = [];
    for (const [i, failure] of failures.entries()) {
      const pair = { training: rest[2 * i], arriving: rest[2 * i + 1] } as Pair;
      const result = await strike(stack, failure, pair, load, watch);
      struck.push(result);
      say(`${failure.name}: ${result.skipped ? `SKIPPED: ${result.skipped}` : `${result.seconds.toFixed(1)} s`}`);
    }
    await load.stop();
    const offences = await endOffences(
      stack,
      calm,
      clients,
      subscribers,
      watch,
      versions.map(({ name }) => name),
      offers,
    );
    return { struck, offences, asked: load.asked };
  } finally {
    await load?.stop();
    watch.stop();
    for (const subscriber of subscribers) subscriber.close();
    for (const client of clients) client.close();
    if (options.logs !== undefined) keepLogs(stack, options.logs);
    await stack.stop();
  }
}

/** What each process logged, for people: `<folder>/api-1.log`. */
function keepLogs({ processes }: Stack, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, lines } of processes) {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    writeFileSync(join(folder, `${name.replace(' ', '-')}.log`), text);
  }
}

/** The same series on the embedded defaults, with nothing in its way. */
async function undisturbed(
  versions: readonly Pair['training'][],
  offers: readonly { id: number; merchantId: number }[],
  seed: number,
  say: (line: string) => void,
): Promise<Outcome> {
  const started = performance.now();
  const service = await startService({ env: { KINDRED_SEED: String(seed) } });
  const client = new Client(service.url);
  try {
    for (const { name, data } of versions) {
      await sendVersion([client], new Map(), name, data, 0);
      await bothIdle([client]);
    }
    const outcome = await outcomeOf(client, offers);
    const trained = (await client.get('/experiments')).json as { experiments?: unknown[] };
    say(
      `undisturbed: ${versions.length} versions, ${trained.experiments?.length} trainings, ${((performance.now() - started) / 1000).toFixed(1)} s, state ${outcome.state.hash.slice(0, 16)}`,
    );
    return outcome;
  } finally {
    client.close();
    await service.stop();
  }
}

async function endOffences(
  stack: Stack,
  calm: Outcome,
  clients: readonly Client[],
  subscribers: readonly Subscriber[],
  watch: MetricsWatch,
  versions: readonly string[],
  offers: readonly { id: number; merchantId: number }[],
): Promise<string[]> {
  const [client] = clients;
  if (!client) throw new Error('no replica');
  if (stack.mlflow) {
    // Tried again ever less often while it was away, every half a minute at the least.
    const owed = () => watch.last('worker 1', 'kindred_mlflow_entries{state="owed"}');
    await until('MLflow told of everything', 90_000, async () => owed() === 0, 500).catch(() => undefined);
  }
  const offences: string[] = [];
  for (const [replica, each] of clients.entries()) {
    const found = differences(calm, await outcomeOf(each, offers));
    offences.push(...found.map((text) => `api ${replica + 1}: ${text}`));
  }
  offences.push(...(await jobOffences(client, versions, subscribers)));
  offences.push(...(await mlflowOffences(stack, client, watch)));
  offences.push(...watch.failures.map((text) => `/metrics of ${text}`));
  for (const { name, crashes, other } of stack.processes) {
    if (crashes > 0) offences.push(`${name} ended by itself ${crashes} times: ${other.slice(-500)}`);
  }
  return offences;
}
