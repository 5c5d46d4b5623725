/**
 * Everything known about the users strictly before a day: what a model may see for an offer that starts on that day.
 * Days beyond the snapshot's end are seen from the end of the snapshot.
 */
import { amountSpread, brandAmounts, logAmounts } from './amounts.ts';
import { type Pairs, type PairsByKey, pairsBefore, pairsByKey } from './pairs.ts';
import type { Attribute, World } from './world.ts';

export interface UserView {
  readonly day: number;
  /** Brands of each user, and users (customers) of each brand. */
  readonly pairs: Pairs;
  readonly customers: PairsByKey;
  /** Receipt categories of each user. */
  readonly categories: Pairs;
  /** Brands whose offers each user activated. */
  readonly activated: Pairs;
  /** Mean log amount of a transaction at each brand; NaN where unknown. */
  readonly brandAmount: Float32Array;
  /** Standard deviation of log amounts about what is usual for the user at the brand. */
  readonly amountSpread: number;
  /** Numeric features of users by name: USER_FEATURES, each of length users; NaN is unknown. */
  readonly numeric: Readonly<Record<UserFeature, Float32Array>>;
  /** What brand profiles are made of: the attributes, and behaviour in quantile bins. */
  readonly profile: readonly Attribute[];
}

export const USER_FEATURES = [
  'tx_count_7d',
  'tx_count_30d',
  'tx_count_90d',
  'tx_per_week',
  'active_days_30d',
  'days_since_last_tx',
  'brands_30d',
  'brands_per_tx',
  'new_brands_30d',
  'new_brand_share',
  'online_share_90d',
  'amount_level_90d',
  'amount_deviation_90d',
  'offers_seen_30d',
  'activations_30d',
  'activation_rate',
  'rewards_90d',
  'receipts_30d',
  'age',
  'accounts_open',
  'account_months',
] as const;
export type UserFeature = (typeof USER_FEATURES)[number];

/** Behaviour that brand profiles also compare, in quantile bins. */
const BINNED: readonly UserFeature[] = [
  'tx_count_30d',
  'online_share_90d',
  'amount_level_90d',
  'new_brands_30d',
  'activation_rate',
];
const BINS = 8;

export function viewUsers(world: World, startDay: number): UserView {
  const day = Math.max(1, Math.min(startDay, world.lastDay + 1));
  const users = world.userIds.length;
  const { transactions, receipts, activations } = world;
  const pairs = pairsBefore(transactions, transactions.brand, world.brandIds.length, day);
  const customers = pairsByKey(pairs, world.brandIds.length);
  const categories = pairsBefore(receipts, receipts.category, world.categories.length, day);
  const activated = pairsBefore(activations, activations.brand, world.brandIds.length, day);
  const numeric = Object.fromEntries(USER_FEATURES.map((name) => [name, new Float32Array(users)])) as Record<
    UserFeature,
    Float32Array
  >;
  const brandAmount = brandAmounts(world, day);
  behaviour(world, day, pairs, brandAmount, numeric);
  responses(world, day, numeric);
  const age = world.attributes.find(({ name }) => name === 'age_bucket');
  for (let u = 0; u < users; u++) {
    numeric.age[u] = age?.codes[u] ? Number(age.values[age.codes[u]]) : Number.NaN;
    numeric.accounts_open[u] = world.accounts.open[u];
    numeric.account_months[u] = Math.min(world.accounts.months[u], 120);
  }
  const profile = [...world.attributes, ...BINNED.map((name) => quantileBins(name, numeric[name]))];
  const spread = amountSpread(world, day, brandAmount, numeric.amount_deviation_90d);
  return { day, pairs, customers, categories, activated, brandAmount, amountSpread: spread, numeric, profile };
}

/** Scales a count over the last `window` days to the full window where the history is shorter, so that it stays comparable. */
const perWindow = (count: number, window: number, day: number) =>
  day >= window ? count : (count * window) / Math.max(day, 1);

function behaviour(
  world: World,
  day: number,
  pairs: Pairs,
  brandAmount: Float32Array,
  out: Record<UserFeature, Float32Array>,
): void {
  const { offsets, day: days, brand, online, level } = world.transactions;
  const stamp = new Int32Array(world.brandIds.length).fill(-1);
  const levels = logAmounts(world.amountLevels);
  for (let u = 0; u < offsets.length - 1; u++) {
    const joined = offsets[u] < offsets[u + 1] ? Math.min(days[offsets[u]], day) : day;
    let week = 0;
    let month = 0;
    let quarter = 0;
    let total = 0;
    let activeDays = 0;
    let previousDay = -1;
    let onlineKnown = 0;
    let onlineCount = 0;
    let levelKnown = 0;
    let levelSum = 0;
    let deviation = 0;
    let brandsMonth = 0;
    for (let at = offsets[u]; at < offsets[u + 1] && days[at] < day; at++) {
      const age = day - days[at];
      total++;
      if (age <= 7) week++;
      if (age <= 30) {
        month++;
        if (days[at] !== previousDay) activeDays++;
        if (brand[at] >= 0 && stamp[brand[at]] !== u) {
          stamp[brand[at]] = u;
          brandsMonth++;
        }
      }
      if (age <= 90) {
        quarter++;
        if (online[at] < 2) {
          onlineKnown++;
          onlineCount += online[at];
        }
        if (level[at] < 255) {
          levelKnown++;
          levelSum += levels[level[at]];
          if (brand[at] >= 0) deviation += levels[level[at]] - brandAmount[brand[at]];
        }
      }
      previousDay = days[at];
    }
    let fresh = 0;
    const brands = pairs.offsets[u + 1] - pairs.offsets[u];
    for (let at = pairs.offsets[u]; at < pairs.offsets[u + 1]; at++) if (day - pairs.first[at] <= 30) fresh++;
    out.tx_count_7d[u] = perWindow(week, 7, day);
    out.tx_count_30d[u] = perWindow(month, 30, day);
    out.tx_count_90d[u] = perWindow(quarter, 90, day);
    out.tx_per_week[u] = (7 * total) / (day - joined + 7);
    out.active_days_30d[u] = perWindow(activeDays, 30, day);
    out.days_since_last_tx[u] = previousDay < 0 ? Number.NaN : Math.min(day - previousDay, 90);
    out.brands_30d[u] = perWindow(brandsMonth, 30, day);
    out.brands_per_tx[u] = total > 0 ? brands / Math.sqrt(total) : 0;
    out.new_brands_30d[u] = perWindow(fresh, 30, day);
    out.new_brand_share[u] = month > 0 ? fresh / (month + 2) : 0;
    out.online_share_90d[u] = onlineKnown > 0 ? onlineCount / onlineKnown : Number.NaN;
    out.amount_deviation_90d[u] = deviation / (levelKnown + 3);
    out.amount_level_90d[u] = levelKnown > 0 ? levelSum / levelKnown : Number.NaN;
  }
}

/** Number of a user's events in the `window` days before `day`. */
function countRecent(offsets: Int32Array, days: Uint16Array, u: number, day: number, window: number): number {
  let count = 0;
  for (let at = offsets[u]; at < offsets[u + 1] && days[at] < day; at++) if (day - days[at] <= window) count++;
  return count;
}

function responses(world: World, day: number, out: Record<UserFeature, Float32Array>): void {
  const { seens, activations, rewards, receipts } = world;
  for (let u = 0; u < world.userIds.length; u++) {
    const seen = countRecent(seens.offsets, seens.day, u, day, 30);
    const activated = countRecent(activations.offsets, activations.day, u, day, 30);
    const seenLong = countRecent(seens.offsets, seens.day, u, day, 120);
    const activatedLong = countRecent(activations.offsets, activations.day, u, day, 120);
    out.offers_seen_30d[u] = perWindow(seen, 30, day);
    out.activations_30d[u] = perWindow(activated, 30, day);
    out.activation_rate[u] = seenLong > 0 ? activatedLong / (seenLong + 5) : Number.NaN;
    out.rewards_90d[u] = perWindow(countRecent(rewards.offsets, rewards.day, u, day, 90), 90, day);
    out.receipts_30d[u] = perWindow(countRecent(receipts.offsets, receipts.day, u, day, 30), 30, day);
  }
}

/** Eight bins with equal shares of the known values; code 0 is unknown. Bins are named by their lower end. */
function quantileBins(name: string, values: Float32Array): Attribute {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const edge = known[Math.floor((bin * known.length) / BINS)];
    if (edge !== undefined && edge > (edges.at(-1) ?? known[0])) edges.push(edge);
  }
  const codes = new Uint16Array(values.length);
  for (let u = 0; u < values.length; u++) {
    if (Number.isNaN(values[u])) continue;
    let bin = 0;
    while (bin < edges.length && values[u] >= edges[bin]) bin++;
    codes[u] = bin + 1;
  }
  return { name, values: ['', ...[known[0] ?? 0, ...edges].map((edge) => `>=${Number(edge.toFixed(3))}`)], codes };
}
