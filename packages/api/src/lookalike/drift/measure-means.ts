/** Means over rows (stratified) and over clients, with what they vary by nature. */
import { type ClientSums, clusteredRatio, type MeanEstimate } from '@kindred/ml/drift/clustered-ratio.ts';
import { naturalChange } from '@kindred/ml/drift/natural-variation.ts';
import { type StrataSums, stratifiedDifference } from '@kindred/ml/drift/stratified-difference.ts';
import { type MeanFeature, type Naturals, rounded, type StratifiedFeature } from './drift-profile.ts';
import type { Events, Snapshot } from './snapshot.ts';
import { ALL, LOOKBACK_DAYS, periodsOf, roleOf, WEEK, WINDOWS, type Window, weeksOf } from './windows.ts';

/** Fewer rows than this in a window say nothing. */
const ENOUGH_ROWS = 50;
/** Without overdispersion clients would all be alike; no bank is. */
const SMALLEST_LOG_RATE_DEVIATION = 0.3;

function tidy(estimate: MeanEstimate): MeanEstimate {
  const { mean, variance, paired, weight } = estimate;
  return { mean: rounded(mean), variance: rounded(variance), paired: rounded(paired), weight: rounded(weight) };
}

/** Keeps the windows that have enough rows; undefined if none has. */
export function meanFeature(
  scale: number,
  estimates: readonly (readonly [string, MeanEstimate])[],
  natural: Naturals = {},
): MeanFeature | undefined {
  const kept = estimates.filter(([, { weight, mean }]) => weight >= ENOUGH_ROWS && Number.isFinite(mean));
  const windows = Object.fromEntries(kept.map(([window, estimate]) => [window, tidy(estimate)]));
  return kept.length > 0 ? { scale: rounded(scale), windows, natural } : undefined;
}

/** Natural variation by window, from a function that compares two periods of a window's length. */
export function naturals(
  days: number,
  of: (window: Window, periods: number) => ReturnType<typeof naturalChange>,
): Naturals {
  const found: Naturals = {};
  for (const window of WINDOWS) {
    const variation = of(window, periodsOf(days, window));
    if (variation)
      found[window] = { size: rounded(variation.size), spread: rounded(variation.spread), degrees: variation.degrees };
  }
  return found;
}

/** Sums by week and stratum; windows and periods are made of weeks. */
class WeeklyStrata {
  readonly weeks: number;
  private readonly strata: number;
  private readonly n: Float64Array;
  private readonly sum: Float64Array;
  private readonly square: Float64Array;

  constructor(weeks: number, strata: number) {
    this.weeks = weeks;
    this.strata = strata;
    this.n = new Float64Array(weeks * strata);
    this.sum = new Float64Array(weeks * strata);
    this.square = new Float64Array(weeks * strata);
  }

  add(week: number, stratum: number, value: number): void {
    const at = week * this.strata + stratum;
    this.n[at]++;
    this.sum[at] += value;
    this.square[at] += value * value;
  }

  /** The weeks from `from` on, `count` of them, as one period. */
  period(from: number, count: number): StrataSums {
    const total = (weekly: Float64Array) =>
      Array.from({ length: this.strata }, (_, stratum) => {
        let sum = 0;
        for (let week = from; week < from + count; week++) sum += weekly[week * this.strata + stratum];
        return rounded(sum);
      });
    return { n: total(this.n), sum: total(this.sum), square: total(this.square) };
  }
}

/**
 * @param values one per event, NaN where missing; @param strata stratum of each event, -1 for none: then it does not count
 * @param natureDays days that natural variation is learned from, counted back from the last one
 */
export function stratifiedFeature(
  snapshot: Snapshot,
  events: Events,
  values: Float64Array,
  strata: Int32Array,
  strataCount: number,
  scale: number,
  natureDays = snapshot.natureDays,
): StratifiedFeature | undefined {
  const weekly = new WeeklyStrata(weeksOf(natureDays), strataCount);
  for (let i = 0; i < values.length; i++) {
    const week = Math.floor(events.age[i] / WEEK);
    if (week < weekly.weeks && strata[i] >= 0 && !Number.isNaN(values[i])) weekly.add(week, strata[i], values[i]);
  }
  const windows: StratifiedFeature['windows'] = {};
  for (const window of WINDOWS) {
    const sums = weekly.period(0, window / WEEK);
    if (sums.n.reduce((a, b) => a + b, 0) >= ENOUGH_ROWS) windows[window] = sums;
  }
  if (Object.keys(windows).length === 0 || !(scale > 0)) return undefined;
  return {
    scale: rounded(scale),
    designEffect: rounded(designEffect(snapshot.clients, events, values)),
    windows,
    natural: naturals(natureDays, (window, count) => {
      const weeks = window / WEEK;
      const periods = Array.from({ length: count }, (_, period) => weekly.period(period * weeks, weeks));
      return naturalChange(count, (i, j) => stratifiedDifference(periods[i], periods[j]).difference);
    }),
  };
}

/** How much larger the variance of a mean is because rows come in clients; over the last four weeks, at least 1. */
function designEffect(clients: number, events: Events, values: Float64Array): number {
  const y = new Float64Array(clients);
  const n = new Float64Array(clients);
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    if (events.age[i] >= LOOKBACK_DAYS || Number.isNaN(values[i])) continue;
    y[events.client[i]] += values[i];
    n[events.client[i]]++;
    square += values[i] * values[i];
  }
  const { mean, variance, weight } = clusteredRatio({ y, n });
  const independent = (square / weight - mean * mean) / weight;
  return independent > 0 ? Math.max(1, variance / independent) : 1;
}

const emptySums = (clients: number): ClientSums => ({ y: new Float64Array(clients), n: new Float64Array(clients) });

/** Clients who bought in the weeks before the window: neither new nor gone, so that growth does not dilute rates. */
function regularClients(snapshot: Snapshot, window: Window): Uint8Array {
  const regular = new Uint8Array(snapshot.clients);
  const { client, age } = snapshot.transactions;
  for (let i = 0; i < age.length; i++) if (age[i] >= window && age[i] < window + LOOKBACK_DAYS) regular[client[i]] = 1;
  return regular;
}

/** The windows whose look-back lies within the history. */
const windowsWithLookback = (snapshot: Snapshot) => WINDOWS.filter((window) => snapshot.days >= window + LOOKBACK_DAYS);

function logRateDeviation(snapshot: Snapshot): number {
  const totals = new Float64Array(snapshot.clients);
  for (const u of snapshot.transactions.client) totals[u]++;
  const buyers = totals.filter((total) => total > 0);
  const mean = snapshot.transactions.client.length / buyers.length;
  const squares = buyers.reduce((sum, total) => sum + total * total, 0) / buyers.length;
  const overdispersion = Math.max(0, (squares - mean * mean - mean) / (mean * mean));
  return Math.max(SMALLEST_LOG_RATE_DEVIATION, Math.sqrt(Math.log1p(overdispersion)));
}

/** Purchases per regular client. By nature it varies as the volume of purchases does. */
export function frequency(snapshot: Snapshot): MeanFeature | undefined {
  const { client, age } = snapshot.transactions;
  const estimates = windowsWithLookback(snapshot).map((window): [string, MeanEstimate] => {
    const n = Float64Array.from(regularClients(snapshot, window));
    const now = { y: new Float64Array(snapshot.clients), n };
    const before = { y: new Float64Array(snapshot.clients), n };
    for (let i = 0; i < age.length; i++) {
      if (n[client[i]] === 0) continue;
      const role = roleOf(age[i], window);
      if (role) (role === 'now' ? now : before).y[client[i]]++;
    }
    return [String(window), clusteredRatio(now, before)];
  });
  const natural = naturals(snapshot.natureDays, (window, periods) => {
    const volume = new Float64Array(periods);
    for (const days of age) if (days < periods * window) volume[Math.floor(days / window)]++;
    return naturalChange(periods, (i, j) => Math.log(volume[i] / volume[j]));
  });
  return meanFeature(logRateDeviation(snapshot), estimates, natural);
}

/** Purchases per client and day on which he buys. */
export function purchasesPerActiveDay(snapshot: Snapshot): MeanFeature | undefined {
  const { client, age } = snapshot.transactions;
  const longest = 2 * WINDOWS[WINDOWS.length - 1];
  const daily = new Uint16Array(snapshot.clients * longest);
  for (let i = 0; i < age.length; i++) if (age[i] < longest) daily[client[i] * longest + age[i]]++;
  let deviation = 0;
  const estimates = WINDOWS.map((window): [string, MeanEstimate] => {
    const now = emptySums(snapshot.clients);
    const before = emptySums(snapshot.clients);
    let squares = 0;
    for (let u = 0; u < snapshot.clients; u++) {
      for (let day = 0; day < 2 * window; day++) {
        const count = daily[u * longest + day];
        if (count === 0) continue;
        const sums = day < window ? now : before;
        sums.y[u] += count;
        sums.n[u]++;
        if (day < window) squares += count * count;
      }
    }
    const estimate = clusteredRatio(now, before);
    deviation = Math.sqrt(Math.max(1e-6, squares / estimate.weight - estimate.mean ** 2));
    return [String(window), estimate];
  });
  const { volume, active } = dailyVolume(snapshot);
  const natural = naturals(snapshot.natureDays, (window, periods) => {
    const mean = Array.from({ length: periods }, (_, period) => {
      const days = [period * window, (period + 1) * window] as const;
      return total(volume.subarray(...days)) / total(active.subarray(...days));
    });
    return naturalChange(periods, (i, j) => mean[i] - mean[j]);
  });
  return meanFeature(deviation, estimates, natural);
}

/** By age in days: purchases, and clients who made them; empty where no natural variation is to be learned. */
function dailyVolume(snapshot: Snapshot): { volume: Float64Array; active: Float64Array } {
  const days = snapshot.natureDays;
  const { client, age } = snapshot.transactions;
  const volume = new Float64Array(days);
  const active = new Float64Array(days);
  const seen = new Uint8Array(snapshot.clients * days);
  for (let i = 0; i < age.length; i++) {
    if (age[i] >= days) continue;
    volume[age[i]]++;
    const at = client[i] * days + age[i];
    if (seen[at] === 0) active[age[i]]++;
    seen[at] = 1;
  }
  return { volume, active };
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** Share of regular clients' purchases at brands that they bought in the weeks before the window. */
export function repeatShare(snapshot: Snapshot): MeanFeature | undefined {
  const { client, age, brand } = snapshot.transactions;
  const brands = snapshot.brandIds.length;
  const estimates = windowsWithLookback(snapshot).map((window): [string, MeanEstimate] => {
    const regular = regularClients(snapshot, window);
    const known = new Set<number>();
    for (let i = 0; i < age.length; i++) {
      if (brand[i] >= 0 && age[i] >= window && age[i] < window + LOOKBACK_DAYS)
        known.add(client[i] * brands + brand[i]);
    }
    const sums = emptySums(snapshot.clients);
    for (let i = 0; i < age.length; i++) {
      if (brand[i] < 0 || age[i] >= window || regular[client[i]] === 0) continue;
      sums.n[client[i]]++;
      if (known.has(client[i] * brands + brand[i])) sums.y[client[i]]++;
    }
    return [String(window), clusteredRatio(sums)];
  });
  return meanFeature(1, estimates);
}

export function activationRate(snapshot: Snapshot): MeanFeature | undefined {
  return meanFeature(1, [[ALL, clusteredRatio({ y: snapshot.activated, n: snapshot.seen })]]);
}
