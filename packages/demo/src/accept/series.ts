import type { StatusReply } from '../client.ts';
import { commitAndWait, sendVersion } from '../stream.ts';
import type { Evaluation } from '../world/evaluate.ts';
import { evaluate, summary } from '../world/evaluate.ts';
import type { ClosedOffer } from '../world/truth.ts';
import { closedOffers } from '../world/truth.ts';
import { createVersion } from '../world/version.ts';
import type { Moment } from '../world/world.ts';
import { momentOf } from '../world/world.ts';
import type { Audiences, Readings, Session } from './session.ts';
import { audiencesOf, readings, servedMap } from './session.ts';

/** What is expected of a version. */
export type Expectation = 'first' | 'drift' | 'none' | 'corrupt';

/** All that was seen of one version of the series. */
export interface Outcome {
  readonly name: string;
  readonly moment: Moment;
  readonly expected: Expectation;
  readonly statuses: readonly StatusReply[];
  readonly seconds: number;
  readonly before: Readings | null;
  readonly after: Readings;
  /** Audiences of the closed offers that the service knew before: as they were, and as they are now. */
  readonly audiencesBefore: Audiences;
  readonly audiencesAfter: Audiences;
  /** MAP@100 of those two over the same offers and the truth of this version. */
  readonly mapBefore: number | null;
  readonly mapSame: number;
  /** MAP@100 over the closed set of this version; for a corrupt version, of the version before. */
  readonly served: number;
  readonly worldMaps: ReturnType<typeof summary>;
  readonly evaluation: Evaluation;
}

export function expectationOf(moment: Moment): Expectation {
  if (moment.index === 0) return 'first';
  if (moment.step.corruption !== null) return 'corrupt';
  return moment.step.drifts.length > 0 ? 'drift' : 'none';
}

/** A name per version that sorts in no useful order: names are opaque. */
function versionName(step: number): string {
  const names = ['v1', '2025-08', 'v10', 'release/7', 'версия 5', 'a..b', 'v2', '..', 'zz', 'v100', 'x y', 'v3'];
  return `${names[step % names.length]}${step >= names.length ? `-${step}` : ''}`;
}

/** The last version before `step` that the service was to take in. */
function lastSound(session: Session, step: number): number {
  let last = step;
  while (momentOf(session.world, last).step.corruption !== null) last--;
  return last;
}

export interface RunHooks {
  /** Called when all batches are sent, before the commit. */
  readonly sent?: () => Promise<void>;
  /** Called with the commit under way. */
  readonly running?: () => Promise<void>;
}

/** Sends one version of the series, waits, and gathers all that the checks look at. */
export async function runVersion(
  session: Session,
  step: number,
  previous: Outcome | null,
  hooks: RunHooks = {},
): Promise<Outcome> {
  const { client, world } = session;
  const moment = momentOf(world, step);
  const expected = expectationOf(moment);
  const name = versionName(step);
  const sound = lastSound(session, step);
  const evaluation =
    expected === 'corrupt' && previous ? previous.evaluation : evaluate(world, sound, closedOffers(world, sound));
  const offers = evaluation.truths.map((entry) => entry.offer as ClosedOffer);
  const known = previous
    ? offers.filter((offer) => offer.announced <= momentOf(world, lastSound(session, step - 1)).until)
    : [];
  const before = previous ? await readings(client) : null;
  const audiencesBefore = await audiencesOf(client, known);
  const data = createVersion(world, step);
  const sent = await sendVersion(client, name, data, { seed: session.seed, atOnce: 6, resent: 0.05 });
  data.dispose();
  session.say(`  ${name} (${moment.step.spec}): ${sent.records} records in ${sent.seconds.toFixed(1)} s`);
  await hooks.sent?.();
  const statuses: StatusReply[] = [];
  const [{ seconds }] = await Promise.all([commitAndWait(client, name, statuses), hooks.running?.()]);
  const after = await readings(client);
  const audiencesNow = await audiencesOf(client, offers);
  const audiencesAfter = new Map(
    known.map((offer) => [offer.id, audiencesNow.get(offer.id)] as const).filter((pair) => pair[1] !== undefined),
  ) as Audiences;
  const outcome: Outcome = {
    name,
    moment,
    expected,
    statuses,
    seconds,
    before,
    after,
    audiencesBefore,
    audiencesAfter,
    mapBefore: previous ? servedMap(evaluation, audiencesBefore) : null,
    mapSame: servedMap(evaluation, audiencesAfter),
    served: servedMap(evaluation, audiencesNow),
    worldMaps: summary(evaluation),
    evaluation,
  };
  session.say(mapLine(outcome));
  return outcome;
}

function mapLine(outcome: Outcome): string {
  const { worldMaps, after } = outcome;
  const figure = (value: number): string => value.toFixed(3);
  return (
    `  ${outcome.name.padEnd(12)} ${outcome.moment.step.spec.padEnd(24)} ${outcome.seconds.toFixed(1).padStart(5)} s  ` +
    `MAP@100 served ${figure(outcome.served)} informed ${figure(worldMaps.informed)} oracle ${figure(worldMaps.oracle)} ` +
    `activity ${figure(worldMaps.activity)} random ${figure(worldMaps.random)}  ` +
    `model ${after.status.model_version} drift ${after.drift.drift_score.toFixed(2)} ${after.drift.action_taken}`
  );
}
