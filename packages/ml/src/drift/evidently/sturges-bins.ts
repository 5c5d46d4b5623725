/** Bins of equal width by Sturges' rule, with NumPy's edges: the last bin holds its upper edge too. */
import { fillZeroes } from '../histogram.ts';
import { type ColumnSamples, countsByValue, distinctUpTo, type Sample } from './samples.ts';

/** Numerical columns with no more distinct reference values than this are compared value by value. */
const FEW_VALUES = 20;

/** @param size how many values there are @param samples whose lowest and highest value the bins span */
export function sturgesEdges(size: number, ...samples: readonly Float64Array[]): Float64Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of samples) {
    for (let i = 0; i < values.length; i++) {
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
  }
  if (low === high) return Float64Array.of(low - 0.5, high + 0.5);
  const width = (high - low) / (Math.log2(size) + 1);
  const bins = Math.ceil((high - low) / width);
  const step = (high - low) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * step));
}

/** Counts between the edges. */
export function histogramOf({ values, counts }: Sample, edges: Float64Array): Float64Array {
  const bins = edges.length - 1;
  const low = edges[0];
  const perUnit = bins / (edges[bins] - low);
  const histogram = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    let bin = Math.min(bins - 1, Math.floor((value - low) * perUnit));
    // The division may be off by one where a value lies on an edge: the edges decide.
    if (bin > 0 && value < edges[bin]) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    histogram[bin] += counts ? counts[i] : 1;
  }
  return histogram;
}

/** Shares of both samples by bin: by value for categories and few values, else by Sturges' rule over both samples. */
export function binnedShares(samples: ColumnSamples, filled: boolean): [Float64Array, Float64Array] {
  const { reference, current } = samples;
  const few = samples.type === 'cat' || distinctUpTo([reference], FEW_VALUES + 1) <= FEW_VALUES;
  let counts: { readonly reference: Float64Array; readonly current: Float64Array };
  if (few) counts = countsByValue(samples);
  else {
    const edges = sturgesEdges(reference.size + current.size, reference.values, current.values);
    counts = { reference: histogramOf(reference, edges), current: histogramOf(current, edges) };
  }
  const before = counts.reference.map((count) => count / reference.size);
  const now = counts.current.map((count) => count / current.size);
  return filled ? [fillZeroes(before), fillZeroes(now)] : [before, now];
}
