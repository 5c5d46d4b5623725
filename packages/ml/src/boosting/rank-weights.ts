import { discountAt, idealGainAt } from '../metrics/ndcg.ts';

/**
 * For binary labels, the change of a ranking metric when the rows at ranks i < j swap is |u_i - v_j| x unit, where u depends on
 * the upper rank alone and v on the lower: so a pair costs a subtraction.
 */
export interface RankWeights {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly unit: number;
}

/** 1 / log2(rank + 1) for ranks from 1. */
export const discounts = (ranks: number): Float64Array =>
  Float64Array.from({ length: ranks }, (_, at) => discountAt(at));

/** NDCG: the discounted gain changes by the difference of the two ranks' discounts. */
export function ndcgWeights(discount: Float64Array, positives: number, truncation: number): RankWeights {
  return { u: discount, v: discount, unit: positives > 0 ? 1 / idealGainAt(positives, truncation) : 0 };
}

/**
 * Average precision at k. With c = hits up to and with a rank and S = the sum of 1 / rank over those hits, a hit that moves
 * between ranks i < j changes the sum of precisions by (c_i + [no hit at i]) / i - S_i less c_j / j - S_(j-1), where the latter
 * is -S_k for j beyond k.
 */
export function apWeights(hits: Uint8Array, positives: number, k: number): RankWeights {
  const u = new Float64Array(hits.length);
  const v = new Float64Array(hits.length);
  let found = 0;
  let harmonic = 0;
  for (let at = 0; at < hits.length; at++) {
    if (at >= k) {
      v[at] = -harmonic;
      continue;
    }
    const before = harmonic;
    found += hits[at];
    harmonic += hits[at] / (at + 1);
    u[at] = (found + 1 - hits[at]) / (at + 1) - harmonic;
    v[at] = found / (at + 1) - before;
  }
  return { u, v, unit: positives > 0 ? 1 / Math.min(k, positives) : 0 };
}
