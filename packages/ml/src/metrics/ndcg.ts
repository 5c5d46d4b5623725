import { meanOverGroups } from './group-ranking.ts';

const DISCOUNTS = Float64Array.from({ length: 1000 }, (_, at) => 1 / Math.log2(at + 2));

/** Weight of a hit at a position, counted from 0. */
export const discountAt = (at: number): number => (at < DISCOUNTS.length ? DISCOUNTS[at] : 1 / Math.log2(at + 2));

/** Normalised discounted cumulative gain at k with binary gains (Järvelin and Kekäläinen 2002), of hits in ranked order. 0..1. */
export function ndcgAt(hits: ArrayLike<number>, positives: number, k: number): number {
  let gain = 0;
  for (let at = 0; at < Math.min(k, hits.length); at++) if (hits[at] > 0) gain += discountAt(at);
  const best = idealGainAt(positives, k);
  return best > 0 ? gain / best : 0;
}

/** The discounted gain of a ranking that has every relevant item on top. */
export function idealGainAt(positives: number, k: number): number {
  let gain = 0;
  for (let at = 0; at < Math.min(k, positives); at++) gain += discountAt(at);
  return gain;
}

/** Mean NDCG@k over groups of rows; groups without a relevant row do not count. */
export const meanNdcgAt = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  k: number,
): number => meanOverGroups(scores, labels, groups, (hits, positives) => ndcgAt(hits, positives, k));
