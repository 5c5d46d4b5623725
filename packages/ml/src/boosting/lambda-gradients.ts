import { rankInPlace } from '../metrics/group-ranking.ts';
import { Random } from '../random.ts';
import { FIRST_ADDRESS } from '../wasm-module.ts';
import type { Kernel, KernelFactory } from './kernel.ts';
import { apWeights, discounts, ndcgWeights, type RankWeights } from './rank-weights.ts';

/**
 * LambdaMART's derivatives for binary relevance (Burges, "From RankNet to LambdaRank to LambdaMART", 2010), with the
 * truncation and normalisation of LightGBM's lambdarank.
 *
 * Each pair of a positive and a negative row of a group, one of them among the first `truncation` by current score, pulls the
 * positive up and the negative down by sigmoid(negative - positive) x |change of the metric if the two swapped ranks|.
 *
 * With e = exp(-score), sigmoid(b - a) = e_a / (e_a + e_b): no exponential per pair. Cost per group: O(n log n) plus one
 * division per pair, and there are at most truncation x rows pairs.
 */
export interface LambdaSettings {
  readonly metric: 'ndcg' | 'map';
  readonly truncation: number;
  /** Damp pairs far apart in score, and groups with many pairs. */
  readonly normalize: boolean;
  readonly seed: number;
}

export interface Lambdas {
  /** Derivatives of the loss at the given scores, one per row. */
  derivatives(scores: Float64Array, gradients: Float64Array, hessians: Float64Array): void;
}

/** Beyond this distance from the group's middle, scores no longer differ in their pull; keeps exp() finite. */
const FARTHEST = 300;

/** @param createKernel gives the memory and the code of the pairs' inner loop. */
export function lambdas(
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  settings: LambdaSettings,
  createKernel: KernelFactory,
): Lambdas {
  let largest = 0;
  for (let group = 0; group + 1 < groups.length; group++) {
    largest = Math.max(largest, groups[group + 1] - groups[group]);
  }
  const workspace = createWorkspace(largest, createKernel);
  // Equal scores, such as all of them before the first tree, rank by chance and not by how the caller sorted the rows; later
  // they keep the order that they had.
  const orders = Array.from({ length: groups.length - 1 }, (_, group) => {
    const order = Int32Array.from({ length: groups[group + 1] - groups[group] }, (__, at) => at);
    return new Random(settings.seed, group).shuffle(order);
  });
  return {
    derivatives: (scores, gradients, hessians) =>
      orders.forEach((order, group) => {
        const from = groups[group];
        const keys = scores.subarray(from, from + order.length);
        rankInPlace(keys, order);
        const factor = addPairs(workspace, order, keys, from, labels, settings);
        workspace.sides.forEach(({ row, gradient, hessian }, label) => {
          for (let at = 0; at < workspace.sizes[label]; at++) {
            const target = from + row[at];
            const scale = factor * (weights ? weights[target] : 1);
            gradients[target] = scale * gradient[at];
            hessians[target] = scale * hessian[at];
          }
        });
      }),
  };
}

/** One class of a group's rows in ranked order; the arrays of doubles lie in the kernel's memory. */
interface Side {
  readonly row: Int32Array;
  readonly score: Float64Array;
  readonly e: Float64Array;
  /** Weight of the row's rank when it is the lower of a pair. */
  readonly v: Float64Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

interface Workspace {
  readonly kernel: Kernel;
  /** Negatives, positives. */
  readonly sides: readonly [Side, Side];
  readonly sizes: [number, number];
  readonly out: Float64Array;
  readonly discount: Float64Array;
}

function createWorkspace(largest: number, createKernel: KernelFactory): Workspace {
  const kernel = createKernel(FIRST_ADDRESS + 8 * (10 * largest + 2));
  let next = FIRST_ADDRESS;
  const doubles = (length: number): Float64Array => {
    const array = new Float64Array(kernel.buffer, next, length);
    next += 8 * length;
    return array;
  };
  const side = (): Side => ({
    row: new Int32Array(largest),
    score: doubles(largest),
    e: doubles(largest),
    v: doubles(largest),
    gradient: doubles(largest),
    hessian: doubles(largest),
  });
  return { kernel, sides: [side(), side()], sizes: [0, 0], out: doubles(2), discount: discounts(largest) };
}

/** Adds up one group's pairs into the workspace; @returns the factor that normalises the group. */
function addPairs(
  workspace: Workspace,
  order: Int32Array,
  scores: Float64Array,
  from: number,
  labels: ArrayLike<number>,
  { metric, truncation, normalize }: LambdaSettings,
): number {
  const { kernel, sides, sizes, out, discount } = workspace;
  const size = order.length;
  const hits = new Uint8Array(size);
  let positives = 0;
  for (let rank = 0; rank < size; rank++) {
    hits[rank] = labels[from + order[rank]] > 0 ? 1 : 0;
    positives += hits[rank];
  }
  const weights =
    metric === 'ndcg' ? ndcgWeights(discount, positives, truncation) : apWeights(hits, positives, truncation);
  sizes[0] = size - positives;
  sizes[1] = positives;
  fillSides(sides, order, hits, scores, weights);
  if (positives === 0 || positives === size) return 1;
  const spread = normalize && scores[order[0]] > scores[order[size - 1]] ? 1 : 0;
  let total = 0;
  const passed = [0, 0];
  for (let rank = 0; rank < Math.min(size, truncation); rank++) {
    const label = hits[rank];
    const own = sides[label];
    const other = sides[1 - label];
    const at = passed[label]++;
    const first = 8 * passed[1 - label];
    const count = sizes[1 - label] - passed[1 - label];
    if (count === 0) continue;
    kernel.pairRow(
      other.score.byteOffset + first,
      other.e.byteOffset + first,
      other.v.byteOffset + first,
      other.gradient.byteOffset + first,
      other.hessian.byteOffset + first,
      count,
      own.score[at],
      own.e[at],
      weights.u[rank],
      weights.unit,
      label,
      spread,
      out.byteOffset,
    );
    own.gradient[at] += label === 1 ? -out[0] : out[0];
    own.hessian[at] += out[1];
    total += out[0];
  }
  return normalize && total > 0 ? Math.log2(1 + 2 * total) / (2 * total) : 1;
}

function fillSides(
  sides: readonly [Side, Side],
  order: Int32Array,
  hits: Uint8Array,
  scores: Float64Array,
  { v }: RankWeights,
): void {
  const middle = (scores[order[0]] + scores[order[order.length - 1]]) / 2;
  const filled = [0, 0];
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank];
    const own = sides[hits[rank]];
    const at = filled[hits[rank]]++;
    own.row[at] = row;
    own.score[at] = scores[row];
    own.e[at] = Math.exp(Math.min(FARTHEST, Math.max(-FARTHEST, middle - scores[row])));
    own.v[at] = v[rank];
    own.gradient[at] = 0;
    own.hessian[at] = 0;
  }
}
