/** Quantile by linear interpolation (type 7 of Hyndman and Fan 1996, NumPy's default) of ascending values, at least one. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const value = sorted[below];
  return at === below ? value : value + (at - below) * (sorted[below + 1] - value);
}

/** Ascending, those that are NaN left out. */
export const sortedValues = (values: Float64Array): Float64Array =>
  values.filter((value) => !Number.isNaN(value)).sort();

/** NaN without values. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum / values.length;
}

/** Of the values themselves, divided by their number; `mean` is theirs. */
export function varianceOf(values: ArrayLike<number>, mean = meanOf(values)): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += (values[at] - mean) ** 2;
  return sum / values.length;
}
