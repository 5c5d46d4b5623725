/** Digamma for x >= 1 by its recurrence and asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18), to about 1e-14. */
export function digamma(x: number): number {
  let [value, at] = [0, x];
  for (; at < 12; at++) value -= 1 / at;
  const s = 1 / (at * at);
  const series = s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - (s * 691) / 32_760)))));
  return value + Math.log(at) - 0.5 / at - series;
}

/** How many of ascending values are below `bound`, or with `including` not above it. */
function countBelow(sorted: Float64Array, bound: number, including: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < bound || (including && sorted[middle] === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const view = new DataView(new ArrayBuffer(8));

/** The next smaller number than a positive one; 0 of 0. */
function justBelow(x: number): number {
  if (x <= 0) return 0;
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) - 1n);
  return view.getFloat64(0);
}

/** Distance of each of ascending values to its k-th nearest other one, k below their number. */
function neighbourDistances(sorted: Float64Array, k: number): Float64Array {
  let from = 0;
  return sorted.map((value, at) => {
    // The window of k + 1 values around it with the nearest ends moves only onwards.
    from = Math.max(from, at - k);
    while (from < at && from + k + 1 < sorted.length && sorted[from + k + 1] - value < value - sorted[from]) from++;
    return Math.max(value - sorted[from], sorted[Math.min(from + k, sorted.length - 1)] - value);
  });
}

/**
 * Mutual information, in nats, of a number and labels, by nearest neighbours within a label (Ross, "Mutual information between
 * discrete and continuous data sets", 2014), as scikit-learn's mutual_info_classif has it; it adds no noise to the numbers.
 * Labels that occur once do not count.
 */
export function mutualInformation(values: Float64Array, labels: ArrayLike<number>, nNeighbors: number): number {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < values.length; row++) {
    const group = groups.get(labels[row]);
    if (group) group.push(values[row]);
    else groups.set(labels[row], [values[row]]);
  }
  const known = [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => Float64Array.from(group).sort());
  const count = known.reduce((sum, group) => sum + group.length, 0);
  if (count === 0) return 0;
  const all = new Float64Array(count);
  known.reduce((at, group) => {
    all.set(group, at);
    return at + group.length;
  }, 0);
  all.sort();
  let sum = 0;
  for (const group of known) {
    const k = Math.min(nNeighbors, group.length - 1);
    sum += group.length * (digamma(k) - digamma(group.length));
    const distances = neighbourDistances(group, k);
    for (let at = 0; at < group.length; at++) {
      const radius = justBelow(distances[at]);
      // By the difference, as neighbours were found: a sum of both would round elsewhere.
      let low = countBelow(all, group[at] - radius, false);
      while (low > 0 && group[at] - all[low - 1] <= radius) low--;
      while (group[at] - all[low] > radius) low++;
      let high = countBelow(all, group[at] + radius, true);
      while (high < count && all[high] - group[at] <= radius) high++;
      while (all[high - 1] - group[at] > radius) high--;
      sum -= digamma(high - low);
    }
  }
  return Math.max(0, digamma(count) + sum / count);
}
