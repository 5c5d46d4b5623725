import { type BinnedData, missingBinOf } from './binned-data.ts';
import { BINS, PAIR } from './kernel.ts';
import type { GradientBoostingParams } from './params.ts';
import type { GradientUnits } from './quantized-gradients.ts';

/** Rows of a leaf with their sums of derivatives (in integer steps), and what its value may be. */
export interface LeafState {
  /** Position of its first row in the row list. */
  readonly from: number;
  readonly count: number;
  readonly hessian: number;
  readonly gradient: number;
  /** Bounds of the leaf's value that monotone splits above it set. */
  readonly lower: number;
  readonly upper: number;
  /** Address of its histograms. */
  readonly histogram: number;
}

export interface Split {
  readonly feature: number;
  /** Last bin that goes left. */
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly leftHessian: number;
  readonly leftGradient: number;
}

/** Value of a leaf before shrinkage: one Newton step, within the leaf's bounds. */
export function leafValue(
  gradient: number,
  hessian: number,
  units: GradientUnits,
  lambda: number,
  lower: number,
  upper: number,
): number {
  const h = hessian * units.hessian + lambda;
  const value = h > 0 ? (-gradient * units.gradient) / h : 0;
  return Math.min(Math.max(value, lower), upper);
}

/** The split that lowers the loss most, or undefined where none does. Equal gains: the first feature, the first bin. */
export function bestSplit(
  data: BinnedData,
  leaf: LeafState,
  features: readonly number[],
  units: GradientUnits,
  params: GradientBoostingParams,
): Split | undefined {
  const { lambdaL2, minHessianInLeaf, minDataInLeaf, minGain, monotone } = params;
  if (leaf.count < 2 * minDataInLeaf || leaf.hessian <= 0) return undefined;
  const minHessian = Math.max(
    1,
    Math.ceil(minHessianInLeaf / units.hessian),
    // One row is certain wherever there is some hessian; more are estimated.
    minDataInLeaf > 1 ? Math.ceil((minDataInLeaf * leaf.hessian) / leaf.count) : 1,
  );
  if (leaf.hessian < 2 * minHessian) return undefined;
  const out = new Float64Array(data.kernel.buffer, data.split, 5);
  const value = leafValue(leaf.gradient, leaf.hessian, units, lambdaL2, leaf.lower, leaf.upper);
  const unsplit =
    -2 * leaf.gradient * units.gradient * value - (leaf.hessian * units.hessian + lambdaL2) * value * value;
  let best: Split | undefined;
  let bestScore = unsplit + minGain;
  for (const feature of features) {
    const cuts = data.cuts[feature];
    const score = data.kernel.scan(
      leaf.histogram + feature * BINS * PAIR,
      cuts.bounds.length + 1,
      cuts.missing ? 1 : 0,
      leaf.hessian,
      leaf.gradient,
      units.hessian,
      units.gradient,
      minHessian,
      lambdaL2,
      monotone?.[feature] ?? 0,
      leaf.lower,
      leaf.upper,
      data.split,
    );
    if (!(score > bestScore)) continue;
    bestScore = score;
    best = {
      feature,
      bin: out[0],
      // Where nothing missing was seen, it follows the heavier side.
      missingLeft: out[4] > 0 ? out[1] === 1 : 2 * out[2] >= leaf.hessian,
      gain: score - unsplit,
      leftHessian: out[2],
      leftGradient: out[3],
    };
  }
  return best;
}

/** The value that raw features are compared with: the last bin's bound, or infinity where all values go left. */
export const thresholdOf = (data: BinnedData, { feature, bin }: Split): number =>
  data.cuts[feature].bounds[bin] ?? Number.POSITIVE_INFINITY;

export const missingBinGoingLeft = (data: BinnedData, split: Split): number =>
  split.missingLeft ? missingBinOf(data.cuts[split.feature]) : 256;
