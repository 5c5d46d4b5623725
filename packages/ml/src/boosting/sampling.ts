import { Random } from '../random.ts';
import type { GradientBoostingParams } from './params.ts';

/** Rows and features that one tree is grown on: a function of the seed and the tree's number alone. */
export interface TreeSample {
  /** Ascending. */
  readonly rows: Int32Array;
  /** Ascending row numbers that were left out. */
  readonly rest: Int32Array;
  /** Ascending. */
  readonly features: number[];
}

/** @param all numbers of all rows, ascending. */
export function sampleTree(
  all: Int32Array,
  features: number,
  tree: number,
  params: GradientBoostingParams,
): TreeSample {
  const rows = all.length;
  const random = new Random(params.seed, tree);
  const chosenFeatures = sampleFeatures(features, params.featureFraction, random);
  if (params.rowFraction === 1) return { rows: all, rest: new Int32Array(0), features: chosenFeatures };
  const chosen = new Int32Array(rows);
  const rest = new Int32Array(rows);
  let kept = 0;
  let left = 0;
  for (let row = 0; row < rows; row++) {
    if (random.uniform() < params.rowFraction) chosen[kept++] = row;
    else rest[left++] = row;
  }
  return { rows: chosen.subarray(0, kept), rest: rest.subarray(0, left), features: chosenFeatures };
}

function sampleFeatures(features: number, fraction: number, random: Random): number[] {
  const all = Array.from({ length: features }, (_, feature) => feature);
  if (fraction === 1) return all;
  const count = Math.max(1, Math.round(fraction * features));
  return random
    .shuffle(all)
    .slice(0, count)
    .sort((a, b) => a - b);
}
