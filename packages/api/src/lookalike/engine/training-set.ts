/** Rows for the ranker: for every query its new customers, and a sample of those who did not come. */
import type { Columns } from '@kindred/ml/boosting/columns.ts';
import type { ModelView } from './audience.ts';
import { type BrandAffinity, brandAffinity } from './brand-affinity.ts';
import { FEATURE_NAMES, FEATURES, fillRows, termsOf } from './features.ts';
import { type BrandEvents, newCustomers, type Query } from './queries.ts';
import type { World } from './world.ts';

export interface TrainingRows {
  readonly X: Columns;
  readonly y: Uint8Array;
  /** Offsets of queries, length queries + 1. */
  readonly groups: Int32Array;
  readonly queries: readonly Query[];
}

export interface Sampling {
  readonly maxPositives: number;
  /** Users drawn from those who did not come. */
  readonly negatives: number;
  readonly seed: number;
}

export interface Block {
  readonly query: Query;
  readonly rows: Float32Array;
  readonly labels: Uint8Array;
}

export function trainingBlocks(
  world: World,
  { view, taste }: ModelView,
  byBrand: BrandEvents,
  queries: readonly Query[],
  sampling: Sampling,
  /** Number of the first question among all, part of the draw. */
  firstQuery: number,
): Block[] {
  const affinities = new Map<number, BrandAffinity>();
  const blocks: Block[] = [];
  queries.forEach((query, at) => {
    const affinity = affinities.get(query.brand) ?? brandAffinity(world, view, taste, query.brand);
    affinities.set(query.brand, affinity);
    if (affinities.size > 4) affinities.delete(affinities.keys().next().value ?? -1);
    const positives = newCustomers(byBrand, query);
    const chosen = sample(affinity, positives, sampling, firstQuery + at);
    const rows = new Float32Array(chosen.users.length * FEATURES.length);
    fillRows({ view, affinity, offer: termsOf(query) }, chosen.users, rows);
    blocks.push({ query, rows, labels: chosen.labels });
  });
  return blocks;
}

/** Blocks of all views under one another, turned into columns. */
export function joinBlocks(blocks: readonly Block[]): TrainingRows {
  const groups = new Int32Array(blocks.length + 1);
  blocks.forEach((block, at) => {
    groups[at + 1] = groups[at] + block.labels.length;
  });
  const rows = groups[blocks.length];
  const width = FEATURES.length;
  const columns = FEATURES.map(() => new Float32Array(rows));
  const y = new Uint8Array(rows);
  blocks.forEach((block, at) => {
    y.set(block.labels, groups[at]);
    for (let f = 0; f < width; f++) {
      const column = columns[f];
      for (let row = 0; row < block.labels.length; row++) column[groups[at] + row] = block.rows[row * width + f];
    }
  });
  return { X: { rows, columns, names: FEATURE_NAMES }, y, groups, queries: blocks.map(({ query }) => query) };
}

/** A reproducible value in 0..2^32 for a (seed, query, user). */
function mix(seed: number, query: number, user: number): number {
  let h = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(query + 1, 0x85ebca6b) ^ Math.imul(user + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Negatives are drawn evenly: to prefer those who look like customers would teach that looking so speaks against it. */
function sample(affinity: BrandAffinity, positives: Int32Array, sampling: Sampling, query: number) {
  const { maxPositives, negatives, seed } = sampling;
  const positive = new Uint8Array(affinity.customer.length);
  for (const u of positives) positive[u] = 1;
  const others: number[] = [];
  for (let u = 0; u < positive.length; u++) if (!affinity.customer[u] && !positive[u]) others.push(u);
  const kept = draw([...positives], maxPositives, seed, query);
  // Both sides are thinned out alike, so that the share of positives stays what it is where there are many of them.
  const share = positives.length > 0 ? kept.length / positives.length : 1;
  const users = Int32Array.from([
    ...kept,
    ...draw(others, Math.ceil(negatives * Math.max(share, 0.5)), seed, query),
  ]).sort();
  return { users, labels: Uint8Array.from(users, (u) => positive[u]) };
}

function draw(users: number[], limit: number, seed: number, query: number): number[] {
  if (users.length <= limit) return users;
  return users.sort((a, b) => mix(seed, query, a) - mix(seed, query, b)).slice(0, limit);
}
