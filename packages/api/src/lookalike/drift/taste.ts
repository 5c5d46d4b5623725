/** What clients of a type prefer, learned from older purchases. */
import type { Mapping } from './drift-profile.ts';
import type { Labelled, Snapshot } from './snapshot.ts';
import { LOOKBACK_DAYS } from './windows.ts';

/** Pseudo-purchases that pull a preference to none: rare combinations say little. */
const SHRINKAGE = 20;
const MOST_BRANDS = 300;
/** Older purchases that a label must have. */
const ENOUGH_PURCHASES = 200;

type Taste = Mapping['taste'];

function ageLabels(age: Float64Array): Labelled {
  const values = [...new Set(age)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const code = new Map(values.map((value, index) => [value, index]));
  return { labels: values.map(String), codes: Int32Array.from(age, (value) => code.get(value) ?? -1) };
}

function typesOf(snapshot: Snapshot): Record<string, Labelled> {
  const { segment, region_size, gender, region, vip_status } = snapshot.attributes;
  return { segment, region_size, gender, region, vip_status, age: ageLabels(snapshot.age) };
}

/** Learns from purchases older than the longest window, so that those in it are news. */
export function learnTaste(snapshot: Snapshot): Taste {
  const { client, brand, age } = snapshot.transactions;
  const byBrand = new Float64Array(snapshot.brandIds.length);
  for (let i = 0; i < brand.length; i++) if (brand[i] >= 0 && age[i] >= LOOKBACK_DAYS) byBrand[brand[i]]++;
  const kept = [...byBrand.keys()]
    .filter((index) => byBrand[index] > 0)
    .sort((a, b) => byBrand[b] - byBrand[a] || a - b)
    .slice(0, MOST_BRANDS);
  const place = new Int32Array(snapshot.brandIds.length).fill(-1);
  kept.forEach((index, at) => {
    place[index] = at;
  });
  const all = kept.reduce((sum, index) => sum + byBrand[index], 0);
  const chance = new Float64Array(kept.length);
  const attributes: Taste['attributes'] = {};
  for (const [name, { labels, codes }] of Object.entries(typesOf(snapshot))) {
    const counts = labels.map(() => new Float64Array(kept.length));
    const sums = new Float64Array(labels.length);
    for (let i = 0; i < client.length; i++) {
      const code = codes[client[i]];
      const at = brand[i] < 0 || age[i] < LOOKBACK_DAYS ? -1 : place[brand[i]];
      if (code < 0 || at < 0) continue;
      counts[code][at]++;
      sums[code]++;
    }
    const chosen = labels.map((_, code) => code).filter((code) => sums[code] >= ENOUGH_PURCHASES);
    const lifts = chosen.map((code) =>
      kept.map((index, at) => {
        const expected = (sums[code] * byBrand[index]) / all;
        return Math.round(1e4 * Math.log((counts[code][at] + SHRINKAGE) / (expected + SHRINKAGE))) / 1e4;
      }),
    );
    chosen.forEach((code, row) => {
      for (let at = 0; at < kept.length; at++) chance[at] += (sums[code] / all) * lifts[row][at];
    });
    attributes[name] = { labels: chosen.map((code) => labels[code]), lifts };
  }
  return {
    brands: kept.map((index) => snapshot.brandIds[index]),
    chance: [...chance].map((value) => Math.round(1e4 * value) / 1e4),
    attributes,
  };
}

/**
 * For each transaction the preference of its client's type for its brand, above what a random buyer of the brand would
 * show; NaN for brands that the reference does not know.
 */
export function preferences(snapshot: Snapshot, taste: Taste): Float64Array {
  const column = new Map(taste.brands.map((id, at) => [id, at]));
  const place = Int32Array.from(snapshot.brandIds, (id) => column.get(id) ?? -1);
  const tables = Object.entries(typesOf(snapshot)).flatMap(([name, { labels, codes }]) => {
    const known = taste.attributes[name];
    if (!known) return [];
    const row = new Map(known.labels.map((label, at) => [label, at]));
    return [{ codes, rows: labels.map((label) => row.get(label) ?? -1), lifts: known.lifts }];
  });
  const { client, brand } = snapshot.transactions;
  return Float64Array.from(client, (u, i) => {
    const at = brand[i] < 0 ? -1 : place[brand[i]];
    if (at < 0) return Number.NaN;
    let preference = -taste.chance[at];
    for (const { codes, rows, lifts } of tables) {
      const row = codes[u] < 0 ? -1 : rows[codes[u]];
      if (row >= 0) preference += lifts[row][at];
    }
    return preference;
  });
}
