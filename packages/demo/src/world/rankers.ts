import { hashText, uniformOf } from '../random.ts';
import type { OfferTruth } from './truth.ts';

/** Scores of all clients for one offer, by client index; a higher score comes first. */
export type Ranker = (offer: OfferTruth, place: number) => ArrayLike<number>;

/**
 * AP@k = the sum of precision@i at the hits among the first k, over min(k, positives); 0 without positives.
 * `ranked` are client indices, best first.
 */
export function averagePrecision(ranked: readonly number[], positives: ReadonlySet<number>, k = 100): number {
  let hits = 0;
  let sum = 0;
  for (let i = 0; i < Math.min(k, ranked.length); i++) {
    if (!positives.has(ranked[i] as number)) continue;
    hits++;
    sum += hits / (i + 1);
  }
  return positives.size === 0 ? 0 : sum / Math.min(k, positives.size);
}

/** The best `k` of those who are not customers; ties go to the smaller index. */
export function topOf(scores: ArrayLike<number>, excluded: ReadonlySet<number>, k = 100): number[] {
  const candidates: number[] = [];
  for (let i = 0; i < scores.length; i++)
    if (!excluded.has(i) && (scores[i] as number) > Number.NEGATIVE_INFINITY) candidates.push(i);
  candidates.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return candidates.slice(0, k);
}

/** AP@100 of each offer under a ranker; `known` are the customers that a ranker can see (those before the snapshot's end). */
export function precisions(
  truths: readonly OfferTruth[],
  known: readonly ReadonlySet<number>[],
  ranker: Ranker,
): number[] {
  return truths.map((entry, place) =>
    averagePrecision(topOf(ranker(entry, place), known[place] ?? new Set()), new Set(entry.positives)),
  );
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const RANDOM = hashText('random-ranker');

export function randomRanker(seed: number, clients: number): Ranker {
  return (entry) => Float64Array.from({ length: clients }, (_, i) => uniformOf(seed, RANDOM, entry.offer.index, i));
}

/** The more purchases before the snapshot's end, the higher, whatever the offer. */
export function activityRanker(purchases: ArrayLike<number>): Ranker {
  return () => purchases;
}
