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
  // Cholesky's lower factor takes the hessian's place, and the forward substitution goes along with it.
  for (let i = 0, row = from; i < n; row += ++i) {
    let right = gradient[i];
    for (let j = 0, other = from; j <= i; other += ++j) {
      let sum = hessian[row + j];
      for (let k = 0; k < j; k++) sum -= hessian[row + k] * hessian[other + k];
      if (i === j) hessian[row + i] = Math.sqrt(Math.max(sum, 1e-12));
      else {
        hessian[row + j] = sum / hessian[other + j];
        right -= hessian[row + j] * gradient[j];
      }
    }
    gradient[i] = right / hessian[row + i];
  }
  let largest = 0;
  for (let i = n - 1; i >= 0; i--) {
    let sum = gradient[i];
    for (let k = i + 1; k < n; k++) sum -= hessian[from + triangleRow(k) + i] * gradient[k];
    gradient[i] = sum / hessian[from + triangleRow(i) + i];
    largest = Math.max(largest, Math.abs(gradient[i]));
  }
  const scale = largest > LARGEST_STEP ? LARGEST_STEP / largest : 1;
  for (let k = 0; k < n; k++) target[at + k] += scale * gradient[k];
}
