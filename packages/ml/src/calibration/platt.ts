import { z } from 'zod';
import { MlError } from '../errors.ts';

/** Turns raw scores into probabilities: 1 / (1 + exp(-(slope x score + intercept))), slope above zero. */
export interface PlattModel {
  readonly slope: number;
  readonly intercept: number;
}

export const plattParams = z.object({
  iterations: z.int().min(1).max(1000).default(100).describe('Most Newton steps; ten usually suffice.'),
});
export type PlattParams = z.output<typeof plattParams>;

/** Scores less steep than this share of what their spread allows count as saying nothing; keeps the order strict. */
const LEAST_SLOPE = 1e-3;

/**
 * Fits a sigmoid to scores (Platt, "Probabilistic Outputs for Support Vector Machines", 1999) by Newton's method with
 * backtracking (Lin, Lin and Weng, 2007). Labels are smoothed as Platt does, to (positives + 1) / (positives + 2) and
 * 1 / (negatives + 2), so that few or perfectly separated positives do not give an infinite slope. A slope that comes out flat
 * or falling is replaced by a slight rise, since a calibration must never change the order of scores.
 *
 * @param labels above 0 for a positive. @param weights of rows, 1 without; smoothing counts weighted rows.
 * @throws MlError SHAPE_MISMATCH, NOTHING_TO_LEARN without rows or where a score is not finite.
 */
export function fitPlatt(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  params: PlattParams,
  weights?: ArrayLike<number>,
): PlattModel {
  if (scores.length !== labels.length || (weights && weights.length !== scores.length)) {
    throw new MlError('SHAPE_MISMATCH', 'scores, labels and weights differ in length');
  }
  const { mean, deviation } = spreadOf(scores);
  // Newton's method works on standardised scores, where both parameters are of the same size.
  const x = Float64Array.from(scores, (score) => (score - mean) / deviation);
  const target = smoothedTargets(labels, weights);
  let slope = 0;
  let intercept = startIntercept(target, weights);
  let loss = lossAt(x, target, weights, slope, intercept);
  for (let step = 0; step < params.iterations; step++) {
    const direction = newtonStep(x, target, weights, slope, intercept);
    let size = 1;
    let next = lossAt(x, target, weights, slope + direction.slope, intercept + direction.intercept);
    while (next > loss && size > 1e-10) {
      size /= 2;
      next = lossAt(x, target, weights, slope + size * direction.slope, intercept + size * direction.intercept);
    }
    if (!(next < loss)) break;
    slope += size * direction.slope;
    intercept += size * direction.intercept;
    const gained = loss - next;
    loss = next;
    if (gained < 1e-12 * loss) break;
  }
  if (slope < LEAST_SLOPE) {
    slope = LEAST_SLOPE;
    intercept = startIntercept(target, weights);
  }
  return { slope: slope / deviation, intercept: intercept - (slope * mean) / deviation };
}

/** The probability of a raw score, in (0, 1) and rising with it for every score that doubles can tell apart. */
export function plattProbability({ slope, intercept }: PlattModel, score: number): number {
  const z = slope * score + intercept;
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const odds = Math.exp(z);
  return odds / (1 + odds);
}

function spreadOf(scores: ArrayLike<number>): { mean: number; deviation: number } {
  let sum = 0;
  for (let at = 0; at < scores.length; at++) sum += scores[at];
  const mean = sum / scores.length;
  if (!Number.isFinite(mean)) throw new MlError('NOTHING_TO_LEARN', 'no scores, or scores that are not finite');
  let squares = 0;
  for (let at = 0; at < scores.length; at++) squares += (scores[at] - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / scores.length) || 1 };
}

function smoothedTargets(labels: ArrayLike<number>, weights: ArrayLike<number> | undefined): Float64Array {
  let positives = 0;
  let negatives = 0;
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] > 0) positives += weights?.[at] ?? 1;
    else negatives += weights?.[at] ?? 1;
  }
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  return Float64Array.from(labels, (label) => (label > 0 ? high : low));
}

/** Log-odds of the mean target: the best that a flat line can do. */
function startIntercept(target: Float64Array, weights: ArrayLike<number> | undefined): number {
  let sum = 0;
  let total = 0;
  for (let at = 0; at < target.length; at++) {
    sum += (weights?.[at] ?? 1) * target[at];
    total += weights?.[at] ?? 1;
  }
  return Math.log(sum / (total - sum));
}

function lossAt(
  x: Float64Array,
  target: Float64Array,
  weights: ArrayLike<number> | undefined,
  slope: number,
  intercept: number,
): number {
  let loss = 0;
  for (let at = 0; at < x.length; at++) {
    const z = slope * x[at] + intercept;
    const softplus = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    loss += (weights?.[at] ?? 1) * (softplus - target[at] * z);
  }
  return loss;
}

function newtonStep(
  x: Float64Array,
  target: Float64Array,
  weights: ArrayLike<number> | undefined,
  slope: number,
  intercept: number,
): PlattModel {
  let [gSlope, gIntercept, hSlope, hIntercept, hBoth] = [0, 0, 1e-9, 1e-9, 0];
  for (let at = 0; at < x.length; at++) {
    const p = plattProbability({ slope, intercept }, x[at]);
    const weight = weights?.[at] ?? 1;
    const g = weight * (p - target[at]);
    const h = weight * p * (1 - p);
    gSlope += g * x[at];
    gIntercept += g;
    hSlope += h * x[at] * x[at];
    hBoth += h * x[at];
    hIntercept += h;
  }
  const determinant = hSlope * hIntercept - hBoth * hBoth;
  return {
    slope: -(hIntercept * gSlope - hBoth * gIntercept) / determinant,
    intercept: -(hSlope * gIntercept - hBoth * gSlope) / determinant,
  };
}
