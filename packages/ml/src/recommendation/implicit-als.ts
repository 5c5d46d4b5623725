/**
 * Implicit-feedback matrix factorisation by alternating least squares (Hu, Koren, Volinsky, "Collaborative Filtering for
 * Implicit Feedback Datasets", ICDM 2008) with conjugate-gradient updates (Takacs, Pilaszy, Tikk, "Applications of the
 * conjugate gradient method for implicit feedback collaborative filtering", RecSys 2011).
 *
 * Minimises sum_ui c_ui (p_ui - x_u . y_i)^2 + lambda (|x|^2 + |y|^2), p = 1 where the user has the item, else 0, and
 * c = 1 + alpha * weight. Memory: (users + items) * factors * 4 bytes; time per iteration: O(nnz * factors * steps).
 */
import { z } from 'zod';
import { type Interactions, transpose } from './interactions.ts';

export const implicitAlsParams = z.object({
  factors: z.int().min(2).max(512).default(32).describe('Length of the latent vectors.'),
  regularization: z
    .number()
    .positive()
    .default(2)
    .describe('L2 penalty; 2 suits weights near 1 and tens of items a user.'),
  alpha: z.number().positive().default(8).describe('Confidence gained per unit of weight.'),
  iterations: z.int().min(1).max(100).default(8).describe('Alternations; the loss is flat after eight on our data.'),
  steps: z.int().min(1).max(20).default(3).describe('Conjugate-gradient steps an update; three as in the paper.'),
  seed: z.int().default(1),
});
export type ImplicitAlsParams = z.output<typeof implicitAlsParams>;

export interface ImplicitAlsModel {
  readonly factors: number;
  /** users x factors, row-major. */
  readonly userFactors: Float32Array;
  /** items x factors, row-major. */
  readonly itemFactors: Float32Array;
}

export function fitImplicitAls(
  matrix: Interactions,
  params: ImplicitAlsParams,
  onIteration?: (done: number) => void,
): ImplicitAlsModel {
  const { factors, iterations, steps } = params;
  const byItem = transpose(matrix);
  const userFactors = initialFactors(matrix.rows, factors, params.seed);
  const itemFactors = initialFactors(matrix.items, factors, params.seed + 1);
  for (let iteration = 0; iteration < iterations; iteration++) {
    solve(matrix, itemFactors, userFactors, params, steps);
    solve(byItem, userFactors, itemFactors, params, steps);
    onIteration?.(iteration + 1);
  }
  return { factors, userFactors, itemFactors };
}

/**
 * Factors of new rows against fixed item factors: what a model says of users (or, transposed, of items) that it was not
 * fitted on. Starts from zero, so the result does not depend on who else is in the matrix.
 */
export function foldIn(matrix: Interactions, itemFactors: Float32Array, params: ImplicitAlsParams): Float32Array {
  const rows = new Float32Array(matrix.rows * params.factors);
  solve(matrix, itemFactors, rows, params, 2 * params.steps + 2);
  return rows;
}

/** Small pseudo-random values from the position alone (a 32-bit integer mix), so that no generator state is shared. */
function initialFactors(rows: number, factors: number, seed: number): Float32Array {
  const out = new Float32Array(rows * factors);
  for (let at = 0; at < out.length; at++) {
    let h = (Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b)) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
    h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
    h = (h ^ (h >>> 16)) >>> 0;
    out[at] = (h / 4294967296 - 0.5) * 0.1;
  }
  return out;
}

/** One half of an alternation: improves every row of `x` with `steps` conjugate-gradient steps, `y` fixed. */
function solve(matrix: Interactions, y: Float32Array, x: Float32Array, params: ImplicitAlsParams, steps: number): void {
  const { factors: f, regularization, alpha } = params;
  const gram = gramMatrix(y, f);
  for (let k = 0; k < f; k++) gram[k * f + k] += regularization;
  const residual = new Float64Array(f);
  const direction = new Float64Array(f);
  const product = new Float64Array(f);
  const current = new Float64Array(f);
  for (let row = 0; row < matrix.rows; row++) {
    const from = matrix.offsets[row];
    const to = matrix.offsets[row + 1];
    const base = row * f;
    if (from === to) {
      x.fill(0, base, base + f);
      continue;
    }
    for (let k = 0; k < f; k++) current[k] = x[base + k];
    applyGram(gram, current, product, f);
    for (let k = 0; k < f; k++) residual[k] = -product[k];
    for (let at = from; at < to; at++) {
      const item = matrix.item[at] * f;
      const confidence = alpha * matrix.weight[at];
      let dot = 0;
      for (let k = 0; k < f; k++) dot += y[item + k] * current[k];
      const scale = 1 + confidence - confidence * dot;
      for (let k = 0; k < f; k++) residual[k] += scale * y[item + k];
    }
    let norm = 0;
    for (let k = 0; k < f; k++) {
      direction[k] = residual[k];
      norm += residual[k] * residual[k];
    }
    for (let step = 0; step < steps && norm > 1e-12; step++) {
      applyGram(gram, direction, product, f);
      for (let at = from; at < to; at++) {
        const item = matrix.item[at] * f;
        let dot = 0;
        for (let k = 0; k < f; k++) dot += y[item + k] * direction[k];
        dot *= alpha * matrix.weight[at];
        for (let k = 0; k < f; k++) product[k] += dot * y[item + k];
      }
      let curvature = 0;
      for (let k = 0; k < f; k++) curvature += direction[k] * product[k];
      const length = norm / curvature;
      let next = 0;
      for (let k = 0; k < f; k++) {
        current[k] += length * direction[k];
        residual[k] -= length * product[k];
        next += residual[k] * residual[k];
      }
      const ratio = next / norm;
      for (let k = 0; k < f; k++) direction[k] = residual[k] + ratio * direction[k];
      norm = next;
    }
    for (let k = 0; k < f; k++) x[base + k] = current[k];
  }
}

function applyGram(gram: Float64Array, vector: Float64Array, out: Float64Array, f: number): void {
  for (let k = 0; k < f; k++) {
    let sum = 0;
    const base = k * f;
    for (let l = 0; l < f; l++) sum += gram[base + l] * vector[l];
    out[k] = sum;
  }
}

function gramMatrix(y: Float32Array, f: number): Float64Array {
  const gram = new Float64Array(f * f);
  for (let at = 0; at < y.length; at += f) {
    for (let k = 0; k < f; k++) {
      const value = y[at + k];
      if (value === 0) continue;
      for (let l = k; l < f; l++) gram[k * f + l] += value * y[at + l];
    }
  }
  for (let k = 0; k < f; k++) for (let l = 0; l < k; l++) gram[k * f + l] = gram[l * f + k];
  return gram;
}
