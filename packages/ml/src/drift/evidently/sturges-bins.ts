/** Bins of equal width by Sturges' rule, with NumPy's edges: the last bin holds its upper edge too. */
import { fillZeroes } from '../histogram.ts';
import { type ColumnSamples, countsByValue, pooled } from './samples.ts';

/** Numerical columns with no more distinct reference values than this are compared value by value. */
const FEW_VALUES = 20;

export function sturgesEdges(values: Float64Array): Float64Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) return Float64Array.of(low - 0.5, high + 0.5);
  const width = (high - low) / (Math.log2(values.length) + 1);
  const bins = Math.ceil((high - low) / width);
  const step = (high - low) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * step));
}

/** Counts between the edges. */
export function histogramOf(values: Float64Array, edges: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  for (const value of values) {
    let [low, high] = [0, edges.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (value >= edges[middle]) low = middle;
      else high = middle;
    }
    counts[low]++;
  }
  return counts;
}

/** Shares of both samples by bin: by value for categories and few values, else by Sturges' rule over both samples. */
export function binnedShares(samples: ColumnSamples, filled: boolean): [Float64Array, Float64Array] {
  const { reference, current } = samples;
  const few = samples.type === 'cat' || new Set(reference).size <= FEW_VALUES;
  let counts: { readonly reference: Float64Array; readonly current: Float64Array };
  if (few) counts = countsByValue(samples);
  else {
    const edges = sturgesEdges(pooled(samples));
    counts = { reference: histogramOf(reference, edges), current: histogramOf(current, edges) };
  }
  const before = counts.reference.map((count) => count / reference.length);
  const now = counts.current.map((count) => count / current.length);
  return filled ? [fillZeroes(before), fillZeroes(now)] : [before, now];
}
