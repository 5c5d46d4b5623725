import { bestSplit, type LeafState, leafValue, missingBinGoingLeft, type Split, thresholdOf } from './best-split.ts';
import { type BinnedData, binAddress } from './binned-data.ts';
import { BINS, GROUP_HISTOGRAM_BYTES } from './kernel.ts';
import type { Tree } from './model.ts';
import type { GradientBoostingParams } from './params.ts';
import type { GradientUnits, QuantizedGradients } from './quantized-gradients.ts';

interface OpenLeaf {
  readonly state: LeafState;
  readonly split: Split | undefined;
  /** Where the tree points to this leaf: node and side; -1 for the root. */
  readonly parent: number;
  readonly isLeft: boolean;
}

/** A grown tree and, per leaf, its slice of the row list. */
export interface GrownTree {
  readonly tree: Tree;
  readonly leafFrom: Int32Array;
  readonly leafCount: Int32Array;
}

/**
 * Grows one tree best-first: the leaf whose split lowers the loss most is split next, until there are enough leaves or no
 * split helps (Shi 2007; LightGBM's "leaf-wise" growth). Only the smaller child's histograms are summed up; the larger's
 * are the parent's less those.
 *
 * The row list must hold the numbers of `count` rows. On return it is in the order of the leaves.
 */
export function growTree(
  data: BinnedData,
  count: number,
  features: readonly number[],
  { units, gradient, hessian }: QuantizedGradients,
  params: GradientBoostingParams,
): GrownTree {
  const usedGroups = [...new Set(features.map((feature) => Math.floor(feature / 8)))];
  const nodes: Split[] = [];
  const covers: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const root: LeafState = {
    from: 0,
    count,
    hessian,
    gradient,
    lower: Number.NEGATIVE_INFINITY,
    upper: Number.POSITIVE_INFINITY,
    histogram: data.histograms,
  };
  sumHistograms(data, root, usedGroups);
  const open: OpenLeaf[] = [
    { state: root, split: bestSplit(data, root, features, units, params), parent: -1, isLeft: false },
  ];
  while (open.length < params.leaves) {
    const at = mostPromising(open);
    const { state, split, parent, isLeft } = open[at];
    if (!split) break;
    const node = nodes.length;
    nodes.push(split);
    covers.push(state.count);
    left.push(0);
    right.push(0);
    if (parent >= 0) (isLeft ? left : right)[parent] = node;
    const spare = data.histograms + open.length * data.histogramBytes;
    const [a, b] = splitLeaf(data, state, split, spare, usedGroups, units, params);
    open[at] = { state: a, split: bestSplit(data, a, features, units, params), parent: node, isLeft: true };
    open.push({ state: b, split: bestSplit(data, b, features, units, params), parent: node, isLeft: false });
  }
  open.forEach(({ parent, isLeft }, leaf) => {
    if (parent >= 0) (isLeft ? left : right)[parent] = ~leaf;
  });
  const states = open.map(({ state }) => state);
  return {
    tree: {
      feature: Int32Array.from(nodes, (split) => split.feature),
      threshold: Float32Array.from(nodes, (split) => thresholdOf(data, split)),
      missingLeft: Uint8Array.from(nodes, (split) => (split.missingLeft ? 1 : 0)),
      left: Int32Array.from(left),
      right: Int32Array.from(right),
      gain: Float64Array.from(nodes, (split) => split.gain),
      cover: Int32Array.from(covers),
      leafValue: Float64Array.from(
        states,
        (s) => params.learningRate * leafValue(s.gradient, s.hessian, units, params.lambdaL2, s.lower, s.upper),
      ),
      leafCover: Int32Array.from(states, (s) => s.count),
    },
    leafFrom: Int32Array.from(states, (s) => s.from),
    leafCount: Int32Array.from(states, (s) => s.count),
  };
}

function mostPromising(open: readonly OpenLeaf[]): number {
  let best = 0;
  open.forEach(({ split }, at) => {
    if ((split?.gain ?? 0) > (open[best].split?.gain ?? 0)) best = at;
  });
  return best;
}

function sumHistograms(data: BinnedData, leaf: LeafState, groups: readonly number[]): void {
  const { kernel } = data;
  const rows = data.rowList + 4 * leaf.from;
  kernel.gather(rows, leaf.count, data.pairs, data.ordered);
  for (const group of groups) {
    kernel.histogram(
      data.bins + group * data.rows * 8,
      rows,
      data.ordered,
      leaf.count,
      leaf.histogram + group * GROUP_HISTOGRAM_BYTES,
    );
  }
}

/** Moves the leaf's rows to two children and gives each its histograms: one takes the parent's place, one the spare. */
function splitLeaf(
  data: BinnedData,
  leaf: LeafState,
  split: Split,
  spare: number,
  groups: readonly number[],
  units: GradientUnits,
  params: GradientBoostingParams,
): [LeafState, LeafState] {
  const leftCount = data.kernel.partition(
    binAddress(data.bins, data.rows, split.feature),
    data.rowList + 4 * leaf.from,
    leaf.count,
    split.bin,
    missingBinGoingLeft(data, split),
    data.scratch,
  );
  const rightCount = leaf.count - leftCount;
  const rightHessian = leaf.hessian - split.leftHessian;
  const rightGradient = leaf.gradient - split.leftGradient;
  const direction = params.monotone?.[split.feature] ?? 0;
  let [leftUpper, rightLower, leftLower, rightUpper] = [leaf.upper, leaf.lower, leaf.lower, leaf.upper];
  if (direction !== 0) {
    // Everything below one child stays on its side of the middle, so no later split can undo the order of the two.
    const { lower, upper } = leaf;
    const a = leafValue(split.leftGradient, split.leftHessian, units, params.lambdaL2, lower, upper);
    const b = leafValue(rightGradient, rightHessian, units, params.lambdaL2, lower, upper);
    const middle = (a + b) / 2;
    if (direction > 0) [leftUpper, rightLower] = [middle, middle];
    else [leftLower, rightUpper] = [middle, middle];
  }
  const leftIsSmaller = leftCount <= rightCount;
  const left: LeafState = {
    from: leaf.from,
    count: leftCount,
    hessian: split.leftHessian,
    gradient: split.leftGradient,
    lower: leftLower,
    upper: leftUpper,
    histogram: leftIsSmaller ? spare : leaf.histogram,
  };
  const right: LeafState = {
    from: leaf.from + leftCount,
    count: rightCount,
    hessian: rightHessian,
    gradient: rightGradient,
    lower: rightLower,
    upper: rightUpper,
    histogram: leftIsSmaller ? leaf.histogram : spare,
  };
  sumHistograms(data, leftIsSmaller ? left : right, groups);
  for (const group of groups) {
    const offset = group * GROUP_HISTOGRAM_BYTES;
    data.kernel.subtract(leaf.histogram + offset, spare + offset, 8 * BINS);
  }
  return [left, right];
}
