/** Do clients of a type still choose the brands that their type chose? Learned from the older half of a history. */
import type { Mapping } from './drift-profile.ts';
import type { Labelled, Snapshot } from './snapshot.ts';
import { placesOf } from './taste.ts';
import { learningAge } from './windows.ts';

type TypeTastes = Mapping['types'];

/** Pseudo-purchases that pull a preference to none: rare combinations say little. */
const SHRINKAGE = 20;
const MOST_BRANDS = 300;
/** Older purchases that a label must have. */
const ENOUGH_PURCHASES = 200;

/** Where a client lives is left out: shops do not move with tastes. */
function typesOf(snapshot: Snapshot): Record<string, Labelled> {
  const { segment, gender, vip_status } = snapshot.attributes;
  const ages = [...new Set(snapshot.age)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const code = new Map(ages.map((value, index) => [value, index]));
  const age = { labels: ages.map(String), codes: Int32Array.from(snapshot.age, (value) => code.get(value) ?? -1) };
  return { segment, gender, vip_status, age };
}

const tidy = (value: number) => Math.round(1e4 * value) / 1e4;

export function learnTypeTastes(snapshot: Snapshot): TypeTastes {
  const { client, brand, age } = snapshot.transactions;
  const old = learningAge(snapshot.days);
  const byBrand = new Float64Array(snapshot.brandIds.length);
  for (let i = 0; i < brand.length; i++) if (brand[i] >= 0 && age[i] >= old) byBrand[brand[i]]++;
  const kept = [...byBrand.keys()]
    .filter((index) => byBrand[index] > 0)
    .sort((a, b) => byBrand[b] - byBrand[a] || a - b)
    .slice(0, MOST_BRANDS);
  const ids = kept.map((index) => snapshot.brandIds[index]);
  const place = placesOf(snapshot, ids);
  const all = kept.reduce((sum, index) => sum + byBrand[index], 0);
  const chance = new Float64Array(kept.length);
  const attributes: TypeTastes['attributes'] = {};
  for (const [name, { labels, codes }] of Object.entries(typesOf(snapshot))) {
    const counts = labels.map(() => new Float64Array(kept.length));
    const sums = new Float64Array(labels.length);
    for (let i = 0; i < client.length; i++) {
      const code = codes[client[i]];
      const at = brand[i] < 0 || age[i] < old ? -1 : place[brand[i]];
      if (code < 0 || at < 0) continue;
      counts[code][at]++;
      sums[code]++;
    }
    const chosen = labels.map((_, code) => code).filter((code) => sums[code] >= ENOUGH_PURCHASES);
    const lifts = chosen.map((code) =>
      kept.map((index, at) =>
        tidy(Math.log((counts[code][at] + SHRINKAGE) / ((sums[code] * byBrand[index]) / all + SHRINKAGE))),
      ),
    );
    chosen.forEach((code, row) => {
      for (let at = 0; at < kept.length; at++) chance[at] += (sums[code] / all) * lifts[row][at];
    });
    attributes[name] = { labels: chosen.map((code) => labels[code]), lifts };
  }
  return { brands: ids, chance: [...chance].map(tidy), attributes };
}

/**
 * For each transaction that no offer prompted the preference of its client's type for its brand, above what a random buyer
 * would show; NaN for all others and for brands that the reference does not know.
 */
export function typePreferences(snapshot: Snapshot, tastes: TypeTastes): Float64Array {
  const place = placesOf(snapshot, tastes.brands);
  const tables = Object.entries(typesOf(snapshot)).flatMap(([name, { labels, codes }]) => {
    const known = tastes.attributes[name];
    if (!known) return [];
    const row = new Map(known.labels.map((label, at) => [label, at]));
    return [{ codes, rows: labels.map((label) => row.get(label) ?? -1), lifts: known.lifts }];
  });
  const { client, brand, offered } = snapshot.transactions;
  return Float64Array.from(client, (u, i) => {
    const at = brand[i] < 0 || offered[i] === 1 ? -1 : place[brand[i]];
    if (at < 0) return Number.NaN;
    let preference = -tastes.chance[at];
    for (const { codes, rows, lifts } of tables) {
      const row = codes[u] < 0 ? -1 : rows[codes[u]];
      if (row >= 0) preference += lifts[row][at];
    }
    return preference;
  });
}
