/** Derivatives of the logistic loss at the given log-odds, weighted. */
export function binaryGradients(
  scores: Float64Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let row = 0; row < scores.length; row++) {
    const p = 1 / (1 + Math.exp(-scores[row]));
    const weight = weights ? weights[row] : 1;
    gradients[row] = weight * (p - (labels[row] > 0 ? 1 : 0));
    hessians[row] = weight * p * (1 - p);
  }
}

/** Log-odds of the weighted share of positives: where boosting starts. */
export function priorLogOdds(labels: ArrayLike<number>, weights: ArrayLike<number> | undefined): number {
  let positive = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights ? weights[row] : 1;
    total += weight;
    if (labels[row] > 0) positive += weight;
  }
  return Math.log(positive / (total - positive));
}
