const LARGEST_STEP = 1.2;

/** Place of row k's first number in a lower triangle stored row by row. */
export const triangleRow = (k: number): number => (k * (k + 1)) / 2;

/**
 * One damped Newton step: `target` moves by the solution of hessian * step = gradient, shrunk as a whole so that no coordinate
 * moves by more than LARGEST_STEP; an exponential model would overshoot otherwise.
 * @param hessian positive definite, its lower triangle row by row from `from`; destroyed, as is `gradient`.
 */
export function newtonStep(
  hessian: Float64Array,
  from: number,
  gradient: Float64Array,
  target: Float64Array,
  at: number,
): void {
  const n = gradient.length;
  // Cholesky's lower factor takes the hessian's place, its diagonal inverted, for division is slow; the forward substitution
  // goes along with it.
  for (let i = 0, row = from; i < n; row += ++i) {
    let right = gradient[i];
    let pivot = hessian[row + i];
    for (let j = 0, other = from; j < i; other += ++j) {
      let sum = hessian[row + j];
      for (let k = 0; k < j; k++) sum -= hessian[row + k] * hessian[other + k];
      sum *= hessian[other + j];
      hessian[row + j] = sum;
      pivot -= sum * sum;
      right -= sum * gradient[j];
    }
    const inverse = 1 / Math.sqrt(Math.max(pivot, 1e-12));
    hessian[row + i] = inverse;
    gradient[i] = right * inverse;
  }
  let largest = 0;
  for (let i = n - 1, row = from + triangleRow(n - 1); i >= 0; row -= i--) {
    const value = gradient[i] * hessian[row + i];
    for (let j = 0; j < i; j++) gradient[j] -= value * hessian[row + j];
    gradient[i] = value;
    largest = Math.max(largest, Math.abs(value));
  }
  const scale = largest > LARGEST_STEP ? LARGEST_STEP / largest : 1;
  for (let k = 0; k < n; k++) target[at + k] += scale * gradient[k];
}
