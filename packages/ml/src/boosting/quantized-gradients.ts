import type { BinnedData } from './binned-data.ts';

/** Worth of one integer step, in the units of the objective's derivatives. */
export interface GradientUnits {
  readonly gradient: number;
  readonly hessian: number;
}

export interface QuantizedGradients {
  readonly units: GradientUnits;
  /** Sums over the chosen rows, in steps. */
  readonly gradient: number;
  readonly hessian: number;
}

/** Sums of integers stay within 31 bits, so that a histogram bin never overflows. */
const LARGEST_SUM = 2 ** 31 - 1;

/**
 * Rounds the derivatives of the chosen rows to integers and writes them beside one another for the kernels. The unit is the
 * smallest power of two for which no sum can overflow: a mean gradient then spans thousands of steps, and rounding is far
 * below the noise of the data (Shi et al., "Quantized Training of Gradient Boosting Decision Trees", NeurIPS 2022, need only
 * 2 to 5 bits).
 */
export function quantizeGradients(
  data: BinnedData,
  gradients: Float64Array,
  hessians: Float64Array,
  chosen: Int32Array,
): QuantizedGradients {
  let gradientSum = 0;
  let hessianSum = 0;
  for (let at = 0; at < chosen.length; at++) {
    gradientSum += Math.abs(gradients[chosen[at]]);
    hessianSum += hessians[chosen[at]];
  }
  const gradient = unitFor(gradientSum, chosen.length);
  const hessian = unitFor(hessianSum, chosen.length);
  const [perGradient, perHessian] = [1 / gradient, 1 / hessian];
  const pairs = new Int32Array(data.kernel.buffer, data.pairs, 2 * data.rows);
  let [gradientSteps, hessianSteps] = [0, 0];
  for (let at = 0; at < chosen.length; at++) {
    const row = chosen[at];
    const h = Math.floor(hessians[row] * perHessian + 0.5);
    const g = Math.floor(gradients[row] * perGradient + 0.5);
    pairs[2 * row] = h;
    pairs[2 * row + 1] = g;
    hessianSteps += h;
    gradientSteps += g;
  }
  return { units: { gradient, hessian }, gradient: gradientSteps, hessian: hessianSteps };
}

/** Each of `count` roundings adds at most half a step to the sum. */
function unitFor(sum: number, count: number): number {
  if (!(sum > 0)) return 1;
  return 2 ** Math.ceil(Math.log2(sum / (LARGEST_SUM - count)) + 1e-9);
}
