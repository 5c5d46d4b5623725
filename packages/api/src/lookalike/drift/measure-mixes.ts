/** Mixes of categories over rows in windows, and over clients or accounts as they are. */
import { clusteredMix, type MixEstimate } from '@kindred/ml/drift/clustered-mix.ts';
import { naturalDistance } from '@kindred/ml/drift/natural-variation.ts';
import { type MixFeature, type Naturals, rounded } from './drift-profile.ts';
import { naturals } from './measure-means.ts';
import type { Events, Snapshot } from './snapshot.ts';
import { ALL, WEEK, WINDOWS, weeksOf } from './windows.ts';

const ENOUGH_ROWS = 50;

function mixFeature(
  labels: readonly string[],
  estimates: readonly (readonly [string, MixEstimate])[],
  natural: Naturals,
): MixFeature | undefined {
  const kept = estimates.filter(([, { weight }]) => weight >= ENOUGH_ROWS);
  if (kept.length === 0 || labels.length < 2) return undefined;
  const windows = kept.map(([window, { shares, variances, paired, weight }]) => [
    window,
    { shares: shares.map(rounded), variances: variances.map(rounded), paired: paired.map(rounded), weight },
  ]);
  return { labels: [...labels], windows: Object.fromEntries(windows), natural };
}

/** Weeks of which windows and the periods before them are made: 1, 1, 2 and 4. */
const BUCKETS = [1, 2, 4, 8] as const;

/** Bucket of each week before the last day. */
const BUCKET_OF_WEEK = Uint8Array.from({ length: BUCKETS[BUCKETS.length - 1] }, (_, week) =>
  BUCKETS.findIndex((end) => week < end),
);

interface ClientCategories {
  readonly client: Int32Array;
  readonly category: Int32Array;
  /** Rows in each of BUCKETS. */
  readonly counts: readonly Float64Array[];
}

/** Rows of one client and category become one entry: what the variances are made of. */
function byClientAndCategory(clients: number, categories: number, events: Events, codes: Int32Array): ClientCategories {
  const entryOf = new Int32Array(clients * categories).fill(-1);
  const longest = BUCKETS[BUCKETS.length - 1] * WEEK;
  const { client, age } = events;
  const keys: number[] = [];
  const rows: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0 || age[i] >= longest) continue;
    rows.push(i);
    const key = client[i] * categories + codes[i];
    if (entryOf[key] < 0) entryOf[key] = keys.push(key) - 1;
  }
  const counts = BUCKETS.map(() => new Float64Array(keys.length));
  for (const i of rows) counts[BUCKET_OF_WEEK[(age[i] / WEEK) | 0]][entryOf[client[i] * categories + codes[i]]]++;
  return {
    client: Int32Array.from(keys, (key) => Math.floor(key / categories)),
    category: Int32Array.from(keys, (key) => key % categories),
    counts,
  };
}

function sumOf(arrays: readonly Float64Array[]): Float64Array {
  return arrays[0].map((_, i) => arrays.reduce((sum, array) => sum + array[i], 0));
}

/** @param codes category of each event, -1 for none */
export function eventMix(
  snapshot: Snapshot,
  labels: readonly string[],
  events: Events,
  codes: Int32Array,
): MixFeature | undefined {
  const { clients, natureDays } = snapshot;
  const { client, category, counts } = byClientAndCategory(clients, labels.length, events, codes);
  const estimates = WINDOWS.map((window, index): [string, MixEstimate] => {
    const now = sumOf(counts.slice(0, index + 1));
    return [
      String(window),
      clusteredMix({ clients, categories: labels.length, client, category, now, before: counts[index + 1] }),
    ];
  });
  const weeks = weeksOf(natureDays);
  const weekly = new Float64Array(natureDays > 0 ? weeks * labels.length : 0);
  if (natureDays > 0) {
    for (let i = 0; i < codes.length; i++) {
      const week = Math.floor(events.age[i] / WEEK);
      if (week < weeks && codes[i] >= 0) weekly[week * labels.length + codes[i]]++;
    }
  }
  const natural = naturals(natureDays, (window, periods) => {
    const shares = Array.from({ length: periods }, (_, period) =>
      sharesOf(weekly, labels.length, (period * window) / WEEK, window / WEEK),
    );
    return naturalDistance(periods, (a, b) =>
      shares[a].reduce((sum, share, k) => sum + Math.abs(share - shares[b][k]) / 2, 0),
    );
  });
  return mixFeature(labels, estimates, natural);
}

/** Mix of some weeks; NaN where they have no rows. */
function sharesOf(weekly: Float64Array, labels: number, from: number, count: number): Float64Array {
  const counts = new Float64Array(labels);
  let all = 0;
  for (let at = from * labels; at < (from + count) * labels; at++) {
    counts[at % labels] += weekly[at];
    all += weekly[at];
  }
  return counts.map((value) => value / all);
}

/** Rows without a calendar: the same clients have the same rows in the next version, so nothing of them is noise. */
export function stateMix(
  clients: number,
  labels: readonly string[],
  client: Int32Array,
  codes: Int32Array,
): MixFeature | undefined {
  const events = { client, age: new Int32Array(codes.length) };
  const entries = byClientAndCategory(clients, labels.length, events, codes);
  const [rows] = entries.counts;
  const counts = {
    clients,
    categories: labels.length,
    client: entries.client,
    category: entries.category,
    now: rows,
    before: rows,
  };
  return mixFeature(labels, [[ALL, clusteredMix(counts)]], {});
}
