import { Client, eachOf } from '../client.ts';
import { hashText, Random } from '../random.ts';
import type { Service } from '../service.ts';
import { freePort, removeFolder, startService, temporaryFolder } from '../service.ts';
import { SIZES } from '../world/config.ts';
import { closedOffers } from '../world/truth.ts';
import type { VersionData } from '../world/version.ts';
import { createVersion } from '../world/version.ts';
import type { World } from '../world/world.ts';
import { createWorld } from '../world/world.ts';
import type { State } from './state-hash.ts';
import { stateHash } from './state-hash.ts';

const STEPS = ['base', 'drift:taste,amount', 'corrupt:null-keys', 'same'];
const PURPOSE = hashText('kill');
/** Kills per round, spread over as long as the uninterrupted run takes; too many at once and no stage ever ends. */
const KILLS_PER_ROUND = 10;

/** A service that is killed at seeded moments and started again on the same state. */
class Victim {
  readonly #random: Random;
  readonly #folder: string;
  readonly port: number;
  #service: Service | null = null;
  #timer: NodeJS.Timeout | null = null;
  #life: Promise<void> = Promise.resolve();
  readonly #longestLife: number;
  #left: number;
  kills = 0;

  /** `seconds` is how long the run takes without kills: they come evenly spread over it. */
  constructor(seed: number, round: number, kills: number, seconds: number, folder: string, port: number) {
    this.#longestLife = (2 * 1000 * seconds) / Math.max(1, kills);
    this.#random = new Random(seed, PURPOSE, round);
    this.#left = kills;
    this.#folder = folder;
    this.port = port;
  }

  async start(): Promise<void> {
    this.#service = await startService({ data: this.#folder, port: this.port });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#left <= 0) return;
    this.#timer = setTimeout(() => {
      this.#life = this.#killAndStart();
    }, this.#random.next() * this.#longestLife);
  }

  async #killAndStart(): Promise<void> {
    this.#left--;
    this.kills++;
    await this.#service?.kill();
    await this.start();
  }

  /** Throws what went wrong while it was started again. */
  async settle(): Promise<void> {
    await this.#life;
  }

  async stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.#life;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#service?.stop();
  }
}

/** Repeats until it is answered: a broken connection means that the service was just killed. */
async function insist<T>(victim: Victim, what: string, ask: () => Promise<T>): Promise<T> {
  const end = performance.now() + 240_000;
  while (true) {
    try {
      return await ask();
    } catch (error) {
      await victim.settle();
      if (performance.now() > end) throw new Error(`${what}: ${error instanceof Error ? error.message : error}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function sendAll(client: Client, victim: Victim, version: string, data: VersionData): Promise<void> {
  const list = [...data.tables].flatMap(([table, { total, unsent }]) =>
    Array.from({ length: total }, (_, i) => ({ table, batch: i + 1, total })).filter((item) => !unsent.has(item.batch)),
  );
  await eachOf(list, 4, async ({ table, batch, total }) => {
    const reply = await insist(victim, `batch ${batch} of ${table}`, () =>
      client.batch(version, table, batch, total, data.read(table, batch)),
    );
    if (reply.status !== 200)
      throw new Error(`batch ${batch} of ${table}: ${reply.status} ${reply.text.slice(0, 200)}`);
  });
}

/** The series once, with so many kills at most; gives the final state and the kills that really came. */
async function play(
  world: World,
  versions: readonly VersionData[],
  seed: number,
  round: number,
  kills: number,
  seconds: number,
): Promise<{ state: State; kills: number; seconds: number }> {
  const folder = temporaryFolder('drill');
  const victim = new Victim(seed, round, kills, seconds, folder, await freePort());
  const started = performance.now();
  await victim.start();
  const client = new Client(`http://127.0.0.1:${victim.port}`, { timeoutMs: 20_000 });
  try {
    for (const [step, data] of versions.entries()) {
      const version = `drill ${step}`;
      await sendAll(client, victim, version, data);
      const reply = await insist(victim, `commit ${version}`, () => client.commit(version));
      if (reply.status !== 200) throw new Error(`commit ${version}: ${reply.status} ${reply.text.slice(0, 200)}`);
      const end = performance.now() + 240_000;
      while ((await insist(victim, 'status', () => client.status())).pipeline_status !== 'idle') {
        if (performance.now() > end) throw new Error(`${version} is not idle after 240 s`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    const offers = closedOffers(world, world.moments.length - 1);
    const state = await insist(victim, 'state', () => stateHash(client, offers));
    return { state, kills: victim.kills, seconds: (performance.now() - started) / 1000 };
  } finally {
    client.close();
    await victim.stop();
    removeFolder(folder);
  }
}

export interface DrillReport {
  readonly kills: number;
  readonly rounds: number;
  /** What differed from the uninterrupted run. */
  readonly differences: readonly string[];
}

/** The beginning of what a call said, enough to see what differs. */
function start(state: State, part: string): string {
  return (state.parts[part] ?? 'no answer').slice(0, 600);
}

/** Kills the service (-9, with its compute processes) at seeded moments of a series until there were enough of them. */
export async function killDrill(
  { seed, kills: wanted, users }: { readonly seed: number; readonly kills: number; readonly users: number },
  say: (line: string) => void,
): Promise<DrillReport> {
  const world = createWorld({ ...SIZES.tiny, users, seed, lawMode: 'rewrite', stepDays: 7, steps: STEPS });
  const versions = STEPS.map((_, step) => createVersion(world, step, { size: 2000 }));
  const calm = await play(world, versions, seed, 0, 0, 0);
  say(`uninterrupted: ${calm.seconds.toFixed(1)} s, state ${calm.state.hash.slice(0, 16)}`);
  // A box that got idle since must not end its rounds before most kills have come.
  let { seconds } = calm;
  let kills = 0;
  let rounds = 0;
  const differences: string[] = [];
  while (kills < wanted && rounds < wanted) {
    rounds++;
    const round = await play(world, versions, seed, rounds, Math.min(KILLS_PER_ROUND, wanted - kills), seconds);
    seconds = Math.min(seconds, round.seconds);
    kills += round.kills;
    const other = Object.keys(calm.state.parts).filter((name) => calm.state.parts[name] !== round.state.parts[name]);
    for (const name of other) {
      differences.push(`round ${rounds}: ${name}`, `  ${start(calm.state, name)}`, `  ${start(round.state, name)}`);
    }
    say(
      `round ${rounds}: ${round.kills} kills, ${round.seconds.toFixed(1)} s, state ${round.state.hash.slice(0, 16)} ${other.length === 0 ? 'equal' : `DIFFERS in ${other.slice(0, 5).join(', ')}`}`,
    );
  }
  return { kills, rounds, differences };
}
