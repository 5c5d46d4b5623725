import { Client } from '../client.ts';
import type { Service } from '../service.ts';
import { startService } from '../service.ts';
import type { WorldConfig } from '../world/config.ts';
import type { GivenCatalog } from '../world/world.ts';
import { createWorld } from '../world/world.ts';
import { checkAudiences } from './audiences.ts';
import { checkContract, checkReceivedTables } from './contract.ts';
import { checkCounterfactual } from './counterfactual.ts';
import { checkDvcFiles, checkDvcRepro } from './dvc.ts';
import { checkFirstContact, checkReception } from './first-contact.ts';
import { checkNewServed, checkNewUnknown, newOffers } from './new-offers.ts';
import { checkConcurrency, checkReliability, watchAudiences } from './reliability.ts';
import type { Outcome, RunHooks } from './series.ts';
import { expectationOf, runVersion } from './series.ts';
import { checkOutcome, checkSeries } from './series-checks.ts';
import type { Session } from './session.ts';
import { Verdicts } from './verdicts.ts';

/** The default series; the corruptions change with the seed. */
function defaultSteps(seed: number): string[] {
  const corruptions = [
    ['null-keys', 'missing-batches'],
    ['garbage-dates', 'orphan-references'],
    ['duplicated-transactions', 'unknown-categories'],
    ['garbage-ids', 'truncated'],
    ['impossible-dates', 'missing-table'],
    ['swapped-columns', 'empty-table'],
    ['constant-column', 'absurd-ages'],
  ];
  const [first = '', second = ''] = corruptions[seed % corruptions.length] ?? [];
  return [
    'base',
    'same+new-offers',
    'drift:amount',
    'same',
    `corrupt:${first}`,
    'drift:taste',
    'same+new-entities',
    'same',
    'drift:segments,online',
    `corrupt:${second}`,
    'same+new-offers',
  ];
}

export interface AcceptOptions {
  readonly seed: number;
  /** A running service that holds no data yet; one is started here without it. */
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly world?: Partial<WorldConfig>;
  readonly catalog?: GivenCatalog | undefined;
  readonly steps?: readonly string[] | undefined;
  readonly say: (line: string) => void;
}

/** One acceptance run: all 100 checks on one series. */
export async function accept(options: AcceptOptions): Promise<Verdicts> {
  const { seed, say } = options;
  const steps = [...(options.steps ?? defaultSteps(seed))];
  const world = createWorld({ lawMode: 'rewrite', stepDays: 7, ...options.world, seed, steps }, options.catalog);
  const verdicts = new Verdicts();
  const service: Service | null = options.url === undefined ? await startService() : null;
  const client = new Client(options.url ?? service?.url ?? '', {
    connections: 64,
    token: options.token ?? process.env.KINDRED_REST_TOKEN,
  });
  const session: Session = { client, world, verdicts, seed, say, given: options.catalog !== undefined };
  try {
    checkDvcFiles(session);
    await checkFirstContact(session);
    await checkReception(session, 'reception probes');
    const outcomes = await runSeries(session);
    await checkSeries(session, outcomes);
    const [base] = outcomes;
    const last = outcomes.at(-1);
    if (base && last) {
      await checkReceivedTables(session);
      await checkCounterfactual(session, last);
    }
    const open = await client.post('/data/batch', {
      version: 'after the series',
      table: 'people',
      batch_id: 1,
      total_batches: 1,
      records: [{ user_id: 1 }],
    });
    verdicts.check('5.28', open.status === 200, `${open.status} ${open.text}`);
    checkDvcRepro(session);
    const status = await client.status();
    verdicts.check('5.30', status.ready && status.pipeline_status === 'idle', JSON.stringify(status));
    verdicts.check('1.10', status.ready, 'not ready at the end');
  } catch (error) {
    say(`stopped: ${error instanceof Error ? error.stack : error}\n${service?.log() ?? ''}`);
  } finally {
    client.close();
    await service?.stop();
  }
  return verdicts;
}

async function runSeries(session: Session): Promise<Outcome[]> {
  const { world, verdicts } = session;
  const outcomes: Outcome[] = [];
  let sound: Outcome | null = null;
  for (const moment of world.moments) {
    const expected = expectationOf(moment);
    const fresh = sound && expected !== 'corrupt' ? newOffers(session, moment.index, sound.moment.index) : [];
    const latest: Outcome | null = sound;
    const hooks: RunHooks = {
      sent: async () => {
        await checkNewUnknown(session, fresh);
      },
      ...(latest === null ? {} : { running: () => watchWhileRunning(session, latest) }),
    };
    const outcome: Outcome = await runVersion(session, moment.index, outcomes.at(-1) ?? null, hooks);
    outcomes.push(outcome);
    await checkOutcome(session, outcome, sound);
    await checkNewServed(session, fresh, outcome);
    if (moment.index === 0) {
      await checkContract(session, outcome);
      await checkAudiences(session, outcome);
      await checkReliability(session, outcome);
      await checkConcurrency(session, outcome, 'written while asked');
    }
    verdicts.check(
      '3.12',
      outcome.statuses.some((status) => status.pipeline_status === 'running'),
      `${outcome.name}: running was never seen`,
    );
    if (expected !== 'corrupt') sound = outcome;
  }
  return outcomes;
}

/** Asks for audiences from the commit on until the pipeline is idle again. */
async function watchWhileRunning(session: Session, base: Outcome): Promise<void> {
  let over = false;
  const before = (await session.client.status()).model_version;
  const watching = watchAudiences(session, base, () => over);
  await new Promise((resolve) => setTimeout(resolve, 100));
  while ((await session.client.status()).pipeline_status !== 'idle')
    await new Promise((resolve) => setTimeout(resolve, 25));
  over = true;
  const { models, asked } = await watching;
  const after = (await session.client.status()).model_version;
  const strange = [...models].filter((model) => model !== before && model !== after);
  session.verdicts.check(
    '3.11',
    strange.length === 0 && asked > 0,
    `answers from models ${strange.join()} between ${before} and ${after}`,
  );
}
