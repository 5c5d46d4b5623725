/** Mixes of categories over rows in windows, and over clients or accounts as they are. */
import { clusteredMix, type MixEstimate } from '@kindred/ml/drift/clustered-mix.ts';
import { naturalDistance } from '@kindred/ml/drift/natural-variation.ts';
import { type MixFeature, type Naturals, rounded } from './drift-profile.ts';
import { naturals } from './measure-means.ts';
import type { Events } from './snapshot.ts';
import { ALL, roleOf, WINDOWS } from './windows.ts';

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

/** @param codes category of each event, -1 for none */
export function eventMix(
  days: number,
  clients: number,
  labels: readonly string[],
  events: Events,
  codes: Int32Array,
): MixFeature | undefined {
  const estimates = WINDOWS.map((window): [string, MixEstimate] => {
    const rows: number[] = [];
    for (let i = 0; i < codes.length; i++) if (events.age[i] < 2 * window && codes[i] >= 0) rows.push(i);
    const part = (role: 'now' | 'before') =>
      Float64Array.from(rows, (i) => (roleOf(events.age[i], window) === role ? 1 : 0));
    const client = Int32Array.from(rows, (i) => events.client[i]);
    const category = Int32Array.from(rows, (i) => codes[i]);
    return [
      String(window),
      clusteredMix(merged(clients, labels.length, client, category, part('now'), part('before'))),
    ];
  });
  const natural = naturals(days, (window, periods) => {
    const counts = Array.from({ length: periods }, () => new Float64Array(labels.length));
    const totals = new Float64Array(periods);
    for (let i = 0; i < codes.length; i++) {
      const period = Math.floor(events.age[i] / window);
      if (period >= periods || codes[i] < 0) continue;
      counts[period][codes[i]]++;
      totals[period]++;
    }
    return naturalDistance(periods, (a, b) => {
      let distance = 0;
      for (let k = 0; k < labels.length; k++)
        distance += Math.abs(counts[a][k] / totals[a] - counts[b][k] / totals[b]) / 2;
      return distance;
    });
  });
  return mixFeature(labels, estimates, natural);
}

/** Rows of one client and category become one entry: what the variances are made of. */
function merged(
  clients: number,
  categories: number,
  client: Int32Array,
  category: Int32Array,
  now: Float64Array,
  before: Float64Array,
) {
  const place = new Map<number, number>();
  const entry = Int32Array.from(client, (u, i) => {
    const key = u * categories + category[i];
    const at = place.get(key) ?? place.size;
    place.set(key, at);
    return at;
  });
  const sums = { now: new Float64Array(place.size), before: new Float64Array(place.size) };
  for (let i = 0; i < entry.length; i++) {
    sums.now[entry[i]] += now[i];
    sums.before[entry[i]] += before[i];
  }
  const keys = [...place.keys()];
  return {
    clients,
    categories,
    client: Int32Array.from(keys, (key) => Math.floor(key / categories)),
    category: Int32Array.from(keys, (key) => key % categories),
    ...sums,
  };
}

/** Rows without a calendar: the same clients have the same rows in the next version, so nothing of them is noise. */
export function stateMix(
  clients: number,
  labels: readonly string[],
  client: Int32Array,
  codes: Int32Array,
): MixFeature | undefined {
  const ones = new Float64Array(codes.length).fill(1);
  return mixFeature(
    labels,
    [
      [
        ALL,
        clusteredMix(
          merged(
            clients,
            labels.length,
            client.map((u, i) => (codes[i] < 0 ? -1 : u)).filter((u) => u >= 0),
            codes.filter((code) => code >= 0),
            ones,
            ones,
          ),
        ),
      ],
    ],
    {},
  );
}
