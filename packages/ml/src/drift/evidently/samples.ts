/** Two samples of one column, as Evidently's tests take them: what is missing or infinite is left out before. */
import { MlError } from '../../errors.ts';

export type ColumnType = 'num' | 'cat';

/** Values of a numerical column; for a categorical one the categories' places among all, in ascending order. */
export interface ColumnSamples {
  readonly type: ColumnType;
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

function nonEmpty(samples: ColumnSamples): ColumnSamples {
  if (samples.reference.length === 0 || samples.current.length === 0) {
    throw new MlError('NOTHING_TO_LEARN', 'A sample has no values to compare.');
  }
  return samples;
}

/** Missing (NaN) and infinite values are left out. @throws MlError NOTHING_TO_LEARN if nothing is left of a sample */
export function numericalSamples(reference: ArrayLike<number>, current: ArrayLike<number>): ColumnSamples {
  const finite = (values: ArrayLike<number>) => Float64Array.from(values).filter(Number.isFinite);
  return nonEmpty({ type: 'num', reference: finite(reference), current: finite(current) });
}

/** Missing categories (null) are left out. @throws MlError NOTHING_TO_LEARN if nothing is left of a sample */
export function categoricalSamples<T extends string | number>(
  reference: readonly (T | null)[],
  current: readonly (T | null)[],
): ColumnSamples {
  const known = (values: readonly (T | null)[]) => values.filter((value): value is T => value !== null);
  const [before, now] = [known(reference), known(current)];
  const categories = [...new Set([...before, ...now])].sort((a, b) => (a < b ? -1 : 1));
  const place = new Map(categories.map((category, index) => [category, index]));
  const coded = (values: readonly T[]) => Float64Array.from(values, (value) => place.get(value) ?? -1);
  return nonEmpty({ type: 'cat', reference: coded(before), current: coded(now) });
}

/** Counts by value that either sample has, values ascending. */
export function countsByValue({ reference, current }: ColumnSamples): {
  readonly values: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
} {
  const [before, now] = [reference.toSorted(), current.toSorted()];
  const values = new Float64Array(before.length + now.length);
  const counts = { reference: new Float64Array(values.length), current: new Float64Array(values.length) };
  let size = 0;
  for (let i = 0, j = 0; i < before.length || j < now.length; size++) {
    const value = j >= now.length || before[i] <= now[j] ? before[i] : now[j];
    values[size] = value;
    for (; before[i] === value; i++) counts.reference[size]++;
    for (; now[j] === value; j++) counts.current[size]++;
  }
  return {
    values: values.subarray(0, size),
    reference: counts.reference.subarray(0, size),
    current: counts.current.subarray(0, size),
  };
}

/** The reference's values, then the current ones. */
export function pooled({ reference, current }: ColumnSamples): Float64Array {
  const all = new Float64Array(reference.length + current.length);
  all.set(reference);
  all.set(current, reference.length);
  return all;
}

/** Midranks (from 1) of `[...reference, ...current]`, and the sum of t^3 - t over ties of t values. */
export function midranks(samples: ColumnSamples): { ranks: Float64Array; ties: number } {
  const all = pooled(samples);
  const sorted = all.toSorted();
  const rankOf = new Map<number, number>();
  let ties = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    rankOf.set(sorted[start], (start + end + 1) / 2);
    ties += (end - start) ** 3 - (end - start);
  }
  return { ranks: all.map((value) => rankOf.get(value) ?? Number.NaN), ties };
}

export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sum of squared deviations from the mean. */
export function squaresOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
