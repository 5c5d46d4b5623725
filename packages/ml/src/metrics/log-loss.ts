/**
 * Mean negative log-likelihood, in nats, of binary labels under predicted probabilities. A probability of exactly 0 or 1 is
 * taken as 1e-15 away from it, so that one certain mistake is dear but not infinite.
 */
export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < probabilities.length; at++) {
    const p = Math.min(Math.max(probabilities[at], 1e-15), 1 - 1e-15);
    sum -= labels[at] > 0 ? Math.log(p) : Math.log1p(-p);
  }
  return probabilities.length > 0 ? sum / probabilities.length : 0;
}
