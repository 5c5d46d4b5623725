/**
 * A log-linear model of how likely each row of a group is to be positive: Poisson regression with an intercept per group
 * (McCullagh and Nelder, "Generalized Linear Models", 1989, ch. 6), which is the conditional likelihood of who in a group
 * came first to the number who came. Only differences within a group count, so it ranks; being smooth, it also orders the
 * far ends where trees have no rows left to split.
 *
 * Features are standardised; a missing value counts as the mean. Newton's method; O(rows * features^2) a step.
 */
import { z } from 'zod';
import type { Columns } from '../boosting/columns.ts';
import { MlError } from '../errors.ts';

export const logLinearRankerParams = z.object({
  l2: z.number().positive().default(20).describe('Penalty on squared weights of standardised features, in rows.'),
  iterations: z.int().min(1).max(100).default(8).describe('Most Newton steps; six usually suffice.'),
});
export type LogLinearRankerParams = z.output<typeof logLinearRankerParams>;

export interface LogLinearRanker {
  readonly mean: Float64Array;
  /** Weight per unit of the raw feature; 0 where the feature is constant. */
  readonly weight: Float64Array;
}

export interface GroupedRows {
  readonly X: Columns;
  /** 1 for a positive. */
  readonly y: Uint8Array;
  /** Offsets of groups, groups + 1 entries. */
  readonly groups: Int32Array;
}

export function fitLogLinearRanker({ X, y, groups }: GroupedRows, params: LogLinearRankerParams): LogLinearRanker {
  const width = X.columns.length;
  if (y.length !== X.rows || groups[groups.length - 1] !== X.rows) {
    throw new MlError('SHAPE_MISMATCH', `${X.rows} rows do not go with ${y.length} labels and their groups`);
  }
  const { mean, scale } = moments(X);
  const rows = standardised(X, mean, scale);
  const beta = new Float64Array(width);
  const score = new Float64Array(X.rows);
  for (let step = 0; step < params.iterations; step++) {
    const gradient = beta.map((value) => -params.l2 * value);
    const hessian = new Float64Array(width * width);
    for (let k = 0; k < width; k++) hessian[k * width + k] = params.l2;
    for (let g = 0; g < groups.length - 1; g++)
      addGroup(rows, width, y, score, groups[g], groups[g + 1], gradient, hessian);
    const move = solvePositive(hessian, gradient, width);
    let largest = 0;
    for (let k = 0; k < width; k++) largest = Math.max(largest, Math.abs(move[k]));
    const damping = largest > 1 ? 1 / largest : 1;
    for (let k = 0; k < width; k++) beta[k] += damping * move[k];
    for (let row = 0; row < X.rows; row++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += beta[k] * rows[row * width + k];
      score[row] = sum;
    }
    if (largest < 1e-6) break;
  }
  return { mean, weight: beta.map((value, k) => value * scale[k]) };
}

/** Score of one row-major row; a sum of `contribution`s. */
export function logLinearScore(model: LogLinearRanker, rows: Float32Array, at: number): number {
  let sum = 0;
  for (let k = 0; k < model.weight.length; k++) sum += contribution(model, k, rows[at + k]);
  return sum;
}

export const contribution = ({ mean, weight }: LogLinearRanker, feature: number, value: number): number =>
  Number.isNaN(value) ? 0 : weight[feature] * (value - mean[feature]);

function moments(X: Columns): { mean: Float64Array; scale: Float64Array } {
  const mean = new Float64Array(X.columns.length);
  const scale = new Float64Array(X.columns.length);
  X.columns.forEach((column, k) => {
    let count = 0;
    let sum = 0;
    for (const value of column) {
      if (Number.isNaN(value)) continue;
      count++;
      sum += value;
    }
    mean[k] = count > 0 ? sum / count : 0;
    let squares = 0;
    for (const value of column) if (!Number.isNaN(value)) squares += (value - mean[k]) ** 2;
    const deviation = Math.sqrt(squares / Math.max(count, 1));
    scale[k] = deviation > 1e-9 ? 1 / deviation : 0;
  });
  return { mean, scale };
}

function standardised(X: Columns, mean: Float64Array, scale: Float64Array): Float32Array {
  const width = X.columns.length;
  const rows = new Float32Array(X.rows * width);
  X.columns.forEach((column, k) => {
    for (let row = 0; row < X.rows; row++) {
      const value = column[row];
      rows[row * width + k] = Number.isNaN(value) ? 0 : (value - mean[k]) * scale[k];
    }
  });
  return rows;
}

function addGroup(
  rows: Float32Array,
  width: number,
  y: Uint8Array,
  score: Float64Array,
  from: number,
  to: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  let positives = 0;
  let largest = Number.NEGATIVE_INFINITY;
  for (let row = from; row < to; row++) {
    positives += y[row];
    if (score[row] > largest) largest = score[row];
  }
  if (positives === 0) return;
  let total = 0;
  for (let row = from; row < to; row++) total += Math.exp(score[row] - largest);
  const centre = new Float64Array(width);
  for (let row = from; row < to; row++) {
    const expected = (positives * Math.exp(score[row] - largest)) / total;
    const residual = y[row] - expected;
    const base = row * width;
    for (let k = 0; k < width; k++) {
      const value = rows[base + k];
      gradient[k] += residual * value;
      const weighted = expected * value;
      centre[k] += weighted;
      for (let l = 0; l <= k; l++) hessian[k * width + l] += weighted * rows[base + l];
    }
  }
  // The group's intercept is profiled out.
  for (let k = 0; k < width; k++)
    for (let l = 0; l <= k; l++) hessian[k * width + l] -= (centre[k] * centre[l]) / positives;
}

/** Solves h x = g for a positive definite h whose lower triangle is given (Cholesky); both are overwritten. */
function solvePositive(h: Float64Array, g: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = h[i * n + j];
      for (let k = 0; k < j; k++) sum -= h[i * n + k] * h[j * n + k];
      h[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / h[j * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) g[i] -= h[i * n + k] * g[k];
    g[i] /= h[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) g[i] -= h[k * n + i] * g[k];
    g[i] /= h[i * n + i];
  }
  return g;
}
