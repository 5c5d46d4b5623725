/**
 * Means whose rows belong to clients. A mean over rows is a ratio of two sums over clients, and its variance is that of
 * the clients' residuals (linearisation; Cochran, Sampling Techniques, 6.4): rows of one client are not independent.
 */

/** Sums per client: of the value, and of the rows (or whatever the mean is taken over). */
export interface ClientSums {
  readonly y: Float64Array;
  readonly n: Float64Array;
}

export interface MeanEstimate {
  readonly mean: number;
  /** Variance of the mean if the clients were drawn anew. */
  readonly variance: number;
  /**
   * Variance of the difference to an adjacent period of the same length with the same clients: what is left when the
   * clients' lasting differences cancel. Without such a period, twice `variance`.
   */
  readonly paired: number;
  /** Rows. */
  readonly weight: number;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** `before` holds the same clients' sums in the adjacent period. Mean NaN where there are no rows. */
export function clusteredRatio(now: ClientSums, before?: ClientSums): MeanEstimate {
  const weight = total(now.n);
  const mean = total(now.y) / weight;
  const weightBefore = before ? total(before.n) : 0;
  const meanBefore = before && weightBefore > 0 ? total(before.y) / weightBefore : 0;
  let variance = 0;
  let paired = 0;
  for (let i = 0; i < now.y.length; i++) {
    const residual = (now.y[i] - mean * now.n[i]) / weight;
    variance += residual * residual;
    if (before && weightBefore > 0) {
      const difference = residual - (before.y[i] - meanBefore * before.n[i]) / weightBefore;
      paired += difference * difference;
    }
  }
  return { mean, variance, paired: before && weightBefore > 0 ? paired : 2 * variance, weight };
}

/**
 * Variance of the difference of two versions' means. @param shared share of clients that are in both: their lasting
 * differences cancel, those of the others do not.
 */
export function differenceVariance(reference: MeanEstimate, current: MeanEstimate, shared: number): number {
  const independent = reference.variance + current.variance;
  const paired = Math.min(independent, (reference.paired + current.paired) / 2);
  return shared * paired + (1 - shared) * independent;
}
