/** Two samples over the same bins: what the drift statistics compare. */
import { MlError } from '../errors.ts';

/** Counts by bin or category, both in the same order. For ordered features `values` are the bins' values, ascending. */
export interface HistogramPair {
  readonly reference: ArrayLike<number>;
  readonly current: ArrayLike<number>;
  readonly values?: ArrayLike<number>;
}

export function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  return total;
}

export function shares(counts: ArrayLike<number>): Float64Array {
  const total = sum(counts);
  return Float64Array.from({ length: counts.length }, (_, i) => (total > 0 ? counts[i] / total : 0));
}

/**
 * Evidently's way with empty bins, without which logarithms have no value: an empty bin gets 0.0001, or a millionth of the
 * smallest share where that is smaller still.
 */
export function fillZeroes(share: Float64Array): Float64Array {
  let smallest = Number.POSITIVE_INFINITY;
  for (const value of share) if (value > 0 && value < smallest) smallest = value;
  const fill = smallest <= 0.0001 ? smallest / 1e6 : 0.0001;
  return share.map((value) => (value === 0 ? fill : value));
}

export function orderedValues(pair: HistogramPair): ArrayLike<number> {
  if (!pair.values) throw new MlError('BAD_PARAMETER', 'This statistic needs the values of the bins.');
  return pair.values;
}
