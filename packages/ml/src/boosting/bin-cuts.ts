import { sortFloats } from './sort-floats.ts';

/**
 * Cuts a feature's values into at most 255 bins, so that trees look at counts per bin instead of at sorted rows.
 *
 * Few distinct values get a bin each. Otherwise values that alone fill a bin's share get a bin of their own and the rest is cut
 * into slices of equal count, as LightGBM does (Ke et al., NIPS 2017). A cut lies halfway between the values on its sides.
 */
export interface BinCuts {
  /** Rising upper bounds of all value bins but the last; a value is in the first bin whose bound is not below it. */
  readonly bounds: Float32Array;
  /** Whether NaN occurs; it then has the bin after the last value bin. */
  readonly missing: boolean;
}

/** Rows that the cuts are taken from; 100,000 place a cut within 0.2 % of its share. */
const SAMPLE = 100_000;

export function cutBins(values: Float32Array, maxBins: number): BinCuts {
  const sorted = sortFloats(sampleValues(values));
  const distinct = new Float32Array(sorted.length);
  const counts = new Int32Array(sorted.length);
  let size = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (size === 0 || sorted[at] !== distinct[size - 1]) distinct[size++] = sorted[at];
    counts[size - 1]++;
  }
  const last =
    size <= maxBins
      ? Array.from({ length: size }, (_, at) => at)
      : lastOfBins(counts.subarray(0, size), sorted.length, maxBins);
  const bounds = new Float32Array(Math.max(0, last.length - 1));
  for (let bin = 0; bin < bounds.length; bin++) bounds[bin] = between(distinct[last[bin]], distinct[last[bin] + 1]);
  return { bounds, missing: hasMissing(values) };
}

function hasMissing(values: Float32Array): boolean {
  for (let at = 0; at < values.length; at++) if (Number.isNaN(values[at])) return true;
  return false;
}

/** Every n-th value that is not missing, all of them where they are few enough. */
function sampleValues(values: Float32Array): Float32Array {
  const stride = Math.max(1, values.length / SAMPLE);
  const sample = new Float32Array(Math.ceil(values.length / stride));
  let kept = 0;
  for (let at = 0; at < sample.length; at++) {
    const value = values[Math.min(values.length - 1, Math.floor(at * stride))];
    if (!Number.isNaN(value)) sample[kept++] = value;
  }
  return sample.subarray(0, kept);
}

/** Position of the last distinct value of each bin. */
function lastOfBins(counts: Int32Array, total: number, maxBins: number): number[] {
  const fair = total / maxBins;
  const heavy = new Uint8Array(counts.length);
  let binsLeft = maxBins;
  let rowsLeft = total;
  for (let at = 0; at < counts.length; at++) {
    if (counts[at] < fair) continue;
    heavy[at] = 1;
    binsLeft--;
    rowsLeft -= counts[at];
  }
  let share = rowsLeft / Math.max(1, binsLeft);
  const last: number[] = [];
  let filled = 0;
  for (let at = 0; at < counts.length - 1 && last.length < maxBins - 1; at++) {
    filled += counts[at];
    if (!heavy[at]) rowsLeft -= counts[at];
    // A bin ends before a heavy value once it is half full, so that the heavy one stands alone.
    if (heavy[at] || filled >= share || (heavy[at + 1] && filled >= share / 2)) {
      last.push(at);
      filled = 0;
      if (!heavy[at]) share = rowsLeft / Math.max(1, --binsLeft);
    }
  }
  last.push(counts.length - 1);
  return last;
}

/** A 32-bit float t with low <= t < high, halfway where there is room. */
function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle >= low && middle < high ? middle : low;
}
