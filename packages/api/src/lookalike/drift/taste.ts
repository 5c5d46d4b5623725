/**
 * Do clients still choose new brands that go with those they had? Brands go together if they share clients. What goes with
 * what is learned from the older half of a history; how well it foretells the brands that clients choose for the first time
 * is measured later, in the same version and in the next ones.
 */
import type { FirstPurchases } from './by-client.ts';
import type { Mapping } from './drift-profile.ts';
import type { Snapshot } from './snapshot.ts';
import { learningAge } from './windows.ts';

type BrandPairs = Mapping['pairs'];

/** Pseudo-clients that pull a pair of brands to no relation. */
const SHRINKAGE = 30;
const MOST_BRANDS = 300;
/**
 * Brands of a client that foretell the next one: the latest ones, always as many. With all of them the foretelling would
 * improve as histories grow, which is no change of taste.
 */
const MEMORY = 8;

const tidy = (value: number) => Math.round(1e4 * value) / 1e4;

/** Place of each brand of the snapshot among `known` ids, -1 for none. */
export function placesOf(snapshot: Snapshot, known: readonly number[]): Int32Array {
  const place = new Map(known.map((id, at) => [id, at]));
  return Int32Array.from(snapshot.brandIds, (id) => place.get(id) ?? -1);
}

export function learnBrandPairs(snapshot: Snapshot, first: FirstPurchases): BrandPairs {
  const old = learningAge(snapshot.days);
  const owners = new Float64Array(snapshot.brandIds.length);
  for (let i = 0; i < first.brand.length; i++) if (first.age[i] >= old) owners[first.brand[i]]++;
  const kept = [...owners.keys()]
    .filter((index) => owners[index] > 0)
    .sort((a, b) => owners[b] - owners[a] || a - b)
    .slice(0, MOST_BRANDS);
  const ids = kept.map((index) => snapshot.brandIds[index]);
  const place = placesOf(snapshot, ids);
  const size = kept.length;
  const together = new Float64Array(size * size);
  const degree = new Float64Array(size);
  let total = 0;
  for (let u = 0; u < snapshot.clients; u++) {
    const own: number[] = [];
    for (let i = first.offsets[u]; i < first.offsets[u + 1] && first.age[i] >= old; i++) {
      if (place[first.brand[i]] >= 0) own.push(place[first.brand[i]]);
    }
    if (own.length < 2) continue;
    // Each client's pairs weigh as much as his brands: who buys everywhere says little about what goes together.
    const weight = 1 / (own.length - 1);
    for (const a of own) {
      degree[a]++;
      total++;
      for (const b of own) if (a !== b) together[a * size + b] += weight;
    }
  }
  const lift = (a: number, b: number) =>
    a === b || total === 0
      ? 0
      : tidy(Math.log((together[a * size + b] + SHRINKAGE) / ((degree[a] * degree[b]) / total + SHRINKAGE)));
  const chance = kept.map((_, b) => {
    let expected = 0;
    for (let a = 0; a < size; a++) expected += (degree[a] / Math.max(1, total)) * lift(a, b);
    return tidy(expected);
  });
  return { brands: ids, chance, lifts: kept.map((_, a) => Array.from({ length: a }, (_, b) => lift(a, b))) };
}

/** Clients beyond those that bring this many first purchases are left out, chosen by their place. */
const MOST_FIRST_PURCHASES = 250_000;

/**
 * For each transaction that is a client's first at a brand and that no offer prompted: the share of the brands he did not have that went less well
 * with those he had, less a half; NaN for all others. A rank says the same for clients with few brands and with many.
 * Brands first bought on the same day do not foretell one another. @param wanted ages in days that matter
 */
export function brandAffinities(
  snapshot: Snapshot,
  first: FirstPurchases,
  pairs: BrandPairs,
  wanted: (age: number) => boolean,
): Float64Array {
  const size = pairs.brands.length;
  const lift = new Float64Array(size * size);
  pairs.lifts.forEach((row, a) => {
    row.forEach((value, b) => {
      lift[a * size + b] = value;
      lift[b * size + a] = value;
    });
  });
  const place = placesOf(snapshot, pairs.brands);
  const { offered } = snapshot.transactions;
  const values = new Float64Array(snapshot.transactions.client.length).fill(Number.NaN);
  const fit = new Float64Array(size);
  const had = new Uint8Array(size);
  const every = Math.max(1, Math.ceil(first.brand.length / MOST_FIRST_PURCHASES));
  for (let u = 0; u < snapshot.clients; u += every) {
    had.fill(0);
    const memory: number[] = [];
    const to = first.offsets[u + 1];
    for (let day = first.offsets[u]; day < to; ) {
      let end = day;
      while (end < to && first.age[end] === first.age[day]) end++;
      if (memory.length === MEMORY && wanted(first.age[day])) {
        for (let i = day; i < end; i++) {
          const at = place[first.brand[i]];
          if (at < 0 || offered[first.row[i]] === 1) continue;
          fit.fill(0);
          for (const other of memory) for (let b = 0; b < size; b++) fit[b] += lift[other * size + b];
          values[first.row[i]] = rankOf(at, fit, had, MEMORY, pairs.chance) - 0.5;
        }
      }
      for (let i = day; i < end; i++) {
        const at = place[first.brand[i]];
        if (at < 0) continue;
        had[at] = 1;
        memory.push(at);
        if (memory.length > MEMORY) memory.shift();
      }
      day = end;
    }
  }
  return values;
}

/** Share of brands not had whose fit is below that of the brand at `at`; ties count half. */
function rankOf(at: number, fit: Float64Array, had: Uint8Array, count: number, chance: readonly number[]): number {
  const own = fit[at] / count - chance[at];
  let below = 0;
  let others = 0;
  for (let b = 0; b < fit.length; b++) {
    if (had[b] === 1 || b === at) continue;
    others++;
    const other = fit[b] / count - chance[b];
    if (other < own) below++;
    else if (other === own) below += 0.5;
  }
  return others > 0 ? below / others : 0.5;
}
