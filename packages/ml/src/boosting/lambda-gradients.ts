import { rankRows } from '../metrics/group-ranking.ts';
import { idealGainAt } from '../metrics/ndcg.ts';

/**
 * LambdaMART's derivatives for binary relevance (Burges, "From RankNet to LambdaRank to LambdaMART", 2010), with the
 * truncation and normalisation of LightGBM's lambdarank.
 *
 * Each pair of a positive and a negative row of a group, one of them among the first `truncation` by current score, pulls the
 * positive up and the negative down by sigmoid(negative - positive) x |change of the metric if the two swapped ranks|.
 *
 * For binary labels that change is |u_i - v_j| for both metrics, u depending on the upper row's rank alone and v on the
 * lower's. With e = exp(-score), sigmoid(b - a) = e_a / (e_a + e_b): no exponential per pair. Cost per group: O(n log n) plus
 * one division per pair, pairs being at most truncation x rows.
 */
export interface LambdaSettings {
  readonly metric: 'ndcg' | 'map';
  readonly truncation: number;
  readonly normalize: boolean;
}

/** Beyond this distance from the group's middle, scores no longer differ in their pull; keeps exp() finite. */
const FARTHEST = 300;

export function lambdaGradients(
  scores: Float64Array,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  tieKeys: Uint32Array,
  settings: LambdaSettings,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  gradients.fill(0);
  hessians.fill(0);
  for (let group = 0; group + 1 < groups.length; group++) {
    const from = groups[group];
    const to = groups[group + 1];
    const order = rankRows(scores, from, to, tieKeys);
    const factor = groupLambdas(order, scores, labels, settings, gradients, hessians);
    for (let row = from; row < to; row++) {
      const scale = factor * (weights ? weights[row] : 1);
      gradients[row] *= scale;
      hessians[row] *= scale;
    }
  }
}

/** One class of a group's rows in ranked order. */
interface Side {
  readonly rank: Int32Array;
  readonly row: Int32Array;
  readonly score: Float64Array;
  readonly e: Float64Array;
  /** Weight of the row's rank when it is the lower of a pair. */
  readonly v: Float64Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Adds up one group's pairs; @returns the factor that normalises the group. */
function groupLambdas(
  order: Int32Array,
  scores: Float64Array,
  labels: ArrayLike<number>,
  { metric, truncation, normalize }: LambdaSettings,
  gradients: Float64Array,
  hessians: Float64Array,
): number {
  const size = order.length;
  let positives = 0;
  for (const row of order) if (labels[row] > 0) positives++;
  if (positives === 0 || positives === size) return 1;
  const { u, v, unit } =
    metric === 'ndcg' ? ndcgWeights(size, positives, truncation) : apWeights(order, labels, truncation, positives);
  const best = scores[order[0]];
  const worst = scores[order[size - 1]];
  const middle = (best + worst) / 2;
  const spread = normalize && best > worst;
  const sides = [side(size - positives), side(positives)];
  const filled = [0, 0];
  order.forEach((row, rank) => {
    const label = labels[row] > 0 ? 1 : 0;
    const own = sides[label];
    const at = filled[label]++;
    own.rank[at] = rank;
    own.row[at] = row;
    own.score[at] = scores[row];
    own.e[at] = Math.exp(Math.min(FARTHEST, Math.max(-FARTHEST, middle - scores[row])));
    own.v[at] = v[rank];
  });
  let total = 0;
  const passed = [0, 0];
  for (let rank = 0; rank < Math.min(size, truncation); rank++) {
    const label = labels[order[rank]] > 0 ? 1 : 0;
    const own = sides[label];
    const other = sides[1 - label];
    const at = passed[label]++;
    total += pairRow(own, at, other, passed[1 - label], u[rank], unit, label === 1, spread);
  }
  for (const { row, gradient, hessian } of sides) {
    row.forEach((target, at) => {
      gradients[target] = gradient[at];
      hessians[target] = hessian[at];
    });
  }
  return normalize && total > 0 ? Math.log2(1 + 2 * total) / (2 * total) : 1;
}

/** Pairs one row with all rows of the other class that rank below it. @returns the sum of the pulls. */
function pairRow(
  own: Side,
  at: number,
  other: Side,
  from: number,
  u: number,
  unit: number,
  isPositive: boolean,
  spread: boolean,
): number {
  const { score, e, v, gradient, hessian } = other;
  const ownScore = own.score[at];
  const ownE = own.e[at];
  const sign = isPositive ? 1 : -1;
  let pull = 0;
  let curvature = 0;
  for (let j = from; j < score.length; j++) {
    const sum = ownE + e[j];
    // The distance is never negative: the other row ranks below.
    const distance = spread ? 0.01 + ownScore - score[j] : 1;
    const inverse = 1 / (sum * distance);
    const high = isPositive ? ownE : e[j];
    const low = isPositive ? e[j] : ownE;
    const lambda = Math.abs(u - v[j]) * unit * high * inverse;
    const second = lambda * low * inverse * distance;
    pull += lambda;
    curvature += second;
    gradient[j] += sign * lambda;
    hessian[j] += second;
  }
  own.gradient[at] -= sign * pull;
  own.hessian[at] += curvature;
  return pull;
}

const side = (size: number): Side => ({
  rank: new Int32Array(size),
  row: new Int32Array(size),
  score: new Float64Array(size),
  e: new Float64Array(size),
  v: new Float64Array(size),
  gradient: new Float64Array(size),
  hessian: new Float64Array(size),
});

interface RankWeights {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly unit: number;
}

/** Swapping a positive and a negative changes the discounted gain by the difference of their ranks' discounts. */
function ndcgWeights(size: number, positives: number, truncation: number): RankWeights {
  const discount = Float64Array.from({ length: size }, (_, rank) => 1 / Math.log2(rank + 2));
  return { u: discount, v: discount, unit: 1 / idealGainAt(positives, truncation) };
}

/**
 * The same for average precision at k. With c = hits up to and with a rank, and S = the sum of 1 / rank over hits: moving a hit
 * between ranks i < j changes the sum of precisions by (c_i + [i is no hit]) / i - S_i, less c_j / j - S_(j-1), the latter
 * being -S_k beyond k.
 */
function apWeights(order: Int32Array, labels: ArrayLike<number>, k: number, positives: number): RankWeights {
  const u = new Float64Array(order.length);
  const v = new Float64Array(order.length);
  let hits = 0;
  let harmonic = 0;
  order.forEach((row, at) => {
    const rank = at + 1;
    if (rank > k) {
      v[at] = -harmonic;
      return;
    }
    const before = harmonic;
    const hit = labels[row] > 0;
    if (hit) {
      hits++;
      harmonic += 1 / rank;
    }
    u[at] = (hits + (hit ? 0 : 1)) / rank - harmonic;
    v[at] = hits / rank - before;
  });
  return { u, v, unit: 1 / Math.min(k, positives) };
}
