/** Two samples of one column, as Evidently's tests take them: what is missing or infinite is left out before. */
import { MlError } from '../../errors.ts';
import { sortedDoubles } from './sort-doubles.ts';

export type ColumnType = 'num' | 'cat';

export interface Sample {
  /** Rows in their order; or, where there are counts, the different values, ascending. */
  readonly values: Float64Array;
  /** How many rows have each value, from 1 up; absent: one each. */
  readonly counts?: Float64Array;
  /** Rows. */
  readonly size: number;
}

/** Values of a numerical column; for a categorical one the categories' places among all, in ascending order. */
export interface ColumnSamples {
  readonly type: ColumnType;
  readonly reference: Sample;
  readonly current: Sample;
}

function nonEmpty(samples: ColumnSamples): ColumnSamples {
  if (samples.reference.size === 0 || samples.current.size === 0) {
    throw new MlError('NOTHING_TO_LEARN', 'A sample has no values to compare.');
  }
  return samples;
}

const rows = (values: Float64Array): Sample => ({ values, size: values.length });

/** Missing (NaN) and infinite values are left out. @throws MlError NOTHING_TO_LEARN if nothing is left of a sample */
export function numericalSamples(reference: ArrayLike<number>, current: ArrayLike<number>): ColumnSamples {
  const finite = (values: ArrayLike<number>) => rows(Float64Array.from(values).filter(Number.isFinite));
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
  const coded = (values: readonly T[]) => rows(Float64Array.from(values, (value) => place.get(value) ?? -1));
  return nonEmpty({ type: 'cat', reference: coded(before), current: coded(now) });
}

/**
 * The same columns where only counts are known: all that the tests ask but `TVD`, whose random permutations go by rows.
 *
 * @param values finite and ascending; for categories their places @param reference rows with each value, as `current`
 * @throws MlError NOTHING_TO_LEARN if a sample has no rows
 */
export function countedSamples(
  type: ColumnType,
  values: ArrayLike<number>,
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): ColumnSamples {
  const sample = (all: ArrayLike<number>): Sample => {
    const counts = Float64Array.from(all);
    const own = Float64Array.from(values).filter((_, i) => counts[i] > 0);
    return { values: own, counts: counts.filter((count) => count > 0), size: counts.reduce((sum, n) => sum + n, 0) };
  };
  return nonEmpty({ type, reference: sample(reference), current: sample(current) });
}

/** Counts by value that either sample has, values ascending. */
export function countsByValue(samples: ColumnSamples): {
  readonly values: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
} {
  const sorted = ({ values, counts }: Sample) => (counts ? values : sortedDoubles(values));
  const [before, now] = [sorted(samples.reference), sorted(samples.current)];
  const [beforeCounts, nowCounts] = [samples.reference.counts, samples.current.counts];
  const values = new Float64Array(before.length + now.length);
  const [reference, current] = [new Float64Array(values.length), new Float64Array(values.length)];
  let size = 0;
  for (let i = 0, j = 0; i < before.length || j < now.length; size++) {
    const value = j >= now.length || (i < before.length && before[i] <= now[j]) ? before[i] : now[j];
    values[size] = value;
    for (; i < before.length && before[i] === value; i++) reference[size] += beforeCounts ? beforeCounts[i] : 1;
    for (; j < now.length && now[j] === value; j++) current[size] += nowCounts ? nowCounts[j] : 1;
  }
  return {
    values: values.subarray(0, size),
    reference: reference.subarray(0, size),
    current: current.subarray(0, size),
  };
}

/** How many different values the samples have, counted no further than `enough`. */
export function distinctUpTo(samples: readonly Sample[], enough: number): number {
  const seen = new Set<number>();
  let last = Number.NaN;
  for (const { values } of samples) {
    for (let i = 0; i < values.length && seen.size < enough; i++) {
      if (values[i] === last) continue;
      last = values[i];
      seen.add(last);
    }
  }
  return seen.size;
}

/** Every row's value, in the order of rows, or ascending where only counts are known. */
export function rowsOf({ values, counts, size }: Sample): Float64Array {
  if (!counts) return values;
  const all = new Float64Array(size);
  for (let i = 0, at = 0; i < values.length; at += counts[i++]) all.fill(values[i], at, at + counts[i]);
  return all;
}

/** Mean, and sum of squared deviations from it. */
export function momentsOf({ values, counts, size }: Sample): { readonly mean: number; readonly squares: number } {
  let mean = 0;
  if (counts) for (let i = 0; i < values.length; i++) mean += counts[i] * values[i];
  else for (let i = 0; i < values.length; i++) mean += values[i];
  mean /= size;
  let squares = 0;
  if (counts) for (let i = 0; i < values.length; i++) squares += counts[i] * (values[i] - mean) * (values[i] - mean);
  else for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
  return { mean, squares };
}
