import { hashText, Random, uniformOf } from '../random.ts';
import type { Day } from './calendar.ts';
import { dayOf } from './calendar.ts';
import type { WorldConfig } from './config.ts';
import type { Law } from './law.ts';
import { DIMENSIONS, REGIONS, SEGMENTS, VIP_WEIGHTS } from './population.ts';

/** What the bank has on file and what it cannot see of one client. */
export interface Client {
  readonly index: number;
  readonly id: number;
  /** First day as a client. */
  readonly joined: Day;
  readonly age: number;
  readonly female: boolean;
  /** Index into REGIONS, or -1 where the bank does not know it (`home` is where the client lives all the same). */
  readonly region: number;
  readonly home: number;
  /** Index into SEGMENTS. */
  readonly segment: number;
  readonly vip: number;
  readonly auto: boolean;
  readonly traveler: boolean;
  /** Visible leanings: the part of taste, activity, online leaning that age, segment and the like explain. */
  readonly prior: Prior;
  /** Hidden truth. */
  readonly taste: Float64Array;
  readonly online: number;
  readonly logActivity: number;
  readonly logResponse: number;
  /** Share of purchases at brands bought before. */
  readonly habit: number;
  /** The client's own shift of log-amounts. */
  readonly logAmount: number;
}

/** The mean of the hidden traits given what the bank has on file. */
export interface Prior {
  readonly taste: Float64Array;
  readonly online: number;
  readonly logActivity: number;
  readonly logAmount: number;
}

/** Spread of the hidden part of each trait (standard deviations); part of the laws that an informed ranker knows. */
export const SPREAD = {
  taste: 0.85,
  online: 0.8,
  logActivity: 0.85,
  logResponse: 0.8,
  logAmount: 0.45,
  habit: 0.07,
} as const;
export const MEAN_HABIT = 0.4;

const CLIENT = hashText('clients');
const LAWS = hashText('client-laws');
const SEGMENT_DRIFT = hashText('segment-drift');
/** Spread of the visible part of taste per dimension. */
const VISIBLE_TASTE = 0.55;

/** How visible attributes lean: drawn once per world. */
export interface Leanings {
  readonly segment: readonly Float64Array[];
  readonly age: Float64Array;
  readonly female: Float64Array;
  readonly vip: Float64Array;
  readonly traveler: Float64Array;
  readonly segmentActivity: readonly number[];
}

export function createLeanings(config: WorldConfig): Leanings {
  const random = new Random(config.seed, LAWS);
  const vector = (scale: number): Float64Array =>
    Float64Array.from({ length: DIMENSIONS }, () => scale * random.normal());
  return {
    segment: SEGMENTS.map(() => vector(VISIBLE_TASTE * 0.75)),
    age: vector(VISIBLE_TASTE * 0.5),
    female: vector(VISIBLE_TASTE * 0.4),
    vip: vector(VISIBLE_TASTE * 0.4),
    traveler: vector(VISIBLE_TASTE * 0.4),
    segmentActivity: SEGMENTS.map(() => 0.25 * random.normal()),
  };
}

/** The segment mix under the drifts of a law: each one moves a share of the mix from some segments to others. */
function segmentUnder(config: WorldConfig, index: number, segment: number, law: Law): number {
  let current = segment;
  law.segments.forEach((share, epoch) => {
    // A fixed third of the segments of each drift takes in what the others lose, so that the mix moves by the share.
    if (uniformOf(config.seed, SEGMENT_DRIFT, epoch, index) >= share * 1.62) return;
    const takers = SEGMENTS.map((_, i) => i).filter(
      (i) => uniformOf(config.seed, SEGMENT_DRIFT, epoch + 1000, i) < 1 / 3,
    );
    if (takers.length === 0 || takers.includes(current)) return;
    current = takers[Math.floor(uniformOf(config.seed, SEGMENT_DRIFT, epoch + 2000, index) * takers.length)] as number;
  });
  return current;
}

/** `user_id` of client number `index`: with holes, as real ids have. */
export function clientId(index: number): number {
  return 10 + index * 3 + (index % 7 === 0 ? 1 : 0);
}

/** The number of the client with this `user_id`. */
export function clientIndex(id: number): number {
  return Math.floor((id - 10) / 3);
}

/** Client number `index` as he or she is under a law; the same traits under every law but for what drifted. */
export function createClient(
  config: WorldConfig,
  leanings: Leanings,
  index: number,
  joined: Day | null,
  law: Law,
): Client {
  const random = new Random(config.seed, CLIENT, index);
  const start = dayOf(config.historyStart);
  const length = dayOf(config.historyEnd) - start;
  const late = random.next() < 0.1;
  const joinedAt = start + random.between(1, length - 5);
  const home = random.weighted(REGIONS.map((_, i) => 1 / (i + 2)));
  const kind = random.next();
  const places = home === 0 ? ['msk'] : kind < 0.5 ? ['urban'] : kind < 0.84 ? ['town'] : ['rural'];
  const segment = random.weighted(SEGMENTS.map((s) => (places.includes(s.size) ? s.weight : 0)));
  const age = Math.min(95, Math.max(10, 5 * Math.round((42 + 15 * random.normal()) / 5)));
  const female = random.next() < 0.54;
  const vip = random.weighted(VIP_WEIGHTS);
  const auto = random.next() < 0.35;
  const traveler = random.next() < 0.2;
  const knownRegion = random.next() < 0.88;
  const seenSegment = segmentUnder(config, index, segment, law);
  const ageScore = (age - 42) / 15;
  const prior: Prior = {
    taste: new Float64Array(DIMENSIONS),
    online: -0.35 * ageScore + (vip > 0 ? 0.2 : 0),
    logActivity: (leanings.segmentActivity[seenSegment] as number) - 0.12 * ageScore * ageScore + 0.3 * vip,
    logAmount: 0.22 * vip + 0.06 * ageScore,
  };
  const taste = new Float64Array(DIMENSIONS);
  const bySegment = leanings.segment[seenSegment] as Float64Array;
  for (let d = 0; d < DIMENSIONS; d++) {
    const visible =
      (bySegment[d] as number) +
      (leanings.age[d] as number) * ageScore +
      (leanings.female[d] as number) * (female ? 1 : -1) +
      (leanings.vip[d] as number) * (vip > 0 ? 1.5 : -0.3) +
      (leanings.traveler[d] as number) * (traveler ? 1 : 0);
    prior.taste[d] = visible;
    taste[d] = visible + SPREAD.taste * random.normal();
  }
  return {
    index,
    id: clientId(index),
    joined: joined ?? (late ? joinedAt : start - 400),
    age,
    female,
    region: knownRegion ? home : -1,
    home,
    segment: seenSegment,
    vip,
    auto,
    traveler,
    prior,
    taste,
    online: prior.online + SPREAD.online * random.normal(),
    logActivity: prior.logActivity + SPREAD.logActivity * random.normal(),
    logResponse: SPREAD.logResponse * random.normal(),
    habit: Math.min(0.8, Math.max(0.2, MEAN_HABIT + SPREAD.habit * random.normal())),
    logAmount: prior.logAmount + SPREAD.logAmount * random.normal(),
  };
}
