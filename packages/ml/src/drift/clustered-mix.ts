/** Shares of categories among rows that belong to clients, with variances as in clustered-ratio.ts, from sparse counts. */

/** Rows per client and category, in two adjacent periods; entries of one client may come in any order. */
export interface MixCounts {
  readonly clients: number;
  readonly categories: number;
  readonly client: Int32Array;
  readonly category: Int32Array;
  readonly now: Float64Array;
  readonly before: Float64Array;
}

export interface MixEstimate {
  readonly shares: number[];
  readonly variances: number[];
  readonly paired: number[];
  readonly weight: number;
}

/** Entries of category -1 do not count at all. */
export function clusteredMix(counts: MixCounts): MixEstimate {
  const { clients, categories, client, category, now, before } = counts;
  const nowOf = new Float64Array(clients);
  const beforeOf = new Float64Array(clients);
  const sums = new Float64Array(categories);
  const sumsBefore = new Float64Array(categories);
  for (let i = 0; i < client.length; i++) {
    if (category[i] < 0) continue;
    nowOf[client[i]] += now[i];
    beforeOf[client[i]] += before[i];
    sums[category[i]] += now[i];
    sumsBefore[category[i]] += before[i];
  }
  let weight = 0;
  let weightBefore = 0;
  for (let u = 0; u < clients; u++) {
    weight += nowOf[u];
    weightBefore += beforeOf[u];
  }
  const share = sums.map((value) => (weight > 0 ? value / weight : 0));
  const shareBefore = sumsBefore.map((value) => (weightBefore > 0 ? value / weightBefore : 0));
  // With a = n/N of a client and category, and A the same of the client over all categories, a residual is a - pA. The sums
  // of squares over all clients expand into sums over the entries that exist and three sums that no category changes.
  let squaresNow = 0;
  let squaresBefore = 0;
  let products = 0;
  for (let u = 0; u < clients; u++) {
    const a = weight > 0 ? nowOf[u] / weight : 0;
    const b = weightBefore > 0 ? beforeOf[u] / weightBefore : 0;
    squaresNow += a * a;
    squaresBefore += b * b;
    products += a * b;
  }
  const variances = new Float64Array(categories);
  const paired = new Float64Array(categories);
  for (let k = 0; k < categories; k++) {
    const p = share[k];
    const q = shareBefore[k];
    variances[k] = p * p * squaresNow;
    paired[k] = p * p * squaresNow - 2 * p * q * products + q * q * squaresBefore;
  }
  for (let i = 0; i < client.length; i++) {
    const k = category[i];
    if (k < 0) continue;
    const p = share[k];
    const q = shareBefore[k];
    const a = weight > 0 ? now[i] / weight : 0;
    const b = weightBefore > 0 ? before[i] / weightBefore : 0;
    const all = weight > 0 ? nowOf[client[i]] / weight : 0;
    const allBefore = weightBefore > 0 ? beforeOf[client[i]] / weightBefore : 0;
    variances[k] += a * a - 2 * a * p * all;
    paired[k] += (a - b) ** 2 - 2 * (a - b) * (p * all - q * allBefore);
  }
  const twice = variances.map((value) => 2 * value);
  return {
    shares: [...share],
    variances: [...variances].map((value) => Math.max(0, value)),
    paired: [...(weightBefore > 0 ? paired : twice)].map((value) => Math.max(0, value)),
    weight,
  };
}
