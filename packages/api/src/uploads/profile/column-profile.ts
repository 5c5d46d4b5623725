import type { ColumnType } from '../columnar/table-format.ts';
import type { TextSketch, TopValue } from './text-sketch.ts';

/** What is known of a column's values; of dates, numbers are milliseconds since 1970. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  /** Different values, the missing one not counted. */
  readonly distinct: number;
  /** False where there were too many texts to count them all: then `distinct` and the counts of `top` are near the truth. */
  readonly exact: boolean;
  readonly numbers: NumberProfile | null;
  /** Most frequent values first. */
  readonly top: readonly TopValue[];
}

export interface NumberProfile {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the sample: divided by n - 1; null for a single value. */
  readonly standardDeviation: number | null;
  /** By QUANTILES, with straight lines between the values, as NumPy has them by default. */
  readonly quantiles: readonly number[];
  /** Values in BINS equally wide parts of min to max; one part where all values are equal. */
  readonly histogram: readonly number[];
}

export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
export const BINS = 20;
const TOP = 10;

export function textProfile(name: string, missing: number, sketch: TextSketch): ColumnProfile {
  const { distinct, exact } = sketch;
  return { name, type: 'text', missing, distinct, exact, numbers: null, top: sketch.top(TOP) };
}

/**
 * @param values the column, NaN where a value is missing; is sorted, and free for other use afterwards.
 * @param show a value as text.
 */
export function numberProfile(
  name: string,
  type: ColumnType,
  values: Float64Array,
  show: (value: number) => string,
): ColumnProfile {
  // NaN sorts behind everything.
  values.sort();
  let length = values.length;
  while (length > 0 && Number.isNaN(values[length - 1])) length--;
  const sorted = values.subarray(0, length);
  const missing = values.length - length;
  const runs = new Runs(TOP);
  let distinct = 0;
  for (let i = 0, from = 0; i < length; i++) {
    if (i + 1 < length && sorted[i + 1] === sorted[i]) continue;
    distinct++;
    if (i + 1 - from > runs.least) runs.add(sorted[i], i + 1 - from);
    from = i + 1;
  }
  return {
    name,
    type,
    missing,
    distinct,
    exact: true,
    numbers: length === 0 ? null : describe(sorted),
    top: runs.top.map(({ value, count }) => ({ value: show(value), count })),
  };
}

function describe(sorted: Float64Array): NumberProfile {
  const count = sorted.length;
  const min = sorted[0];
  const max = sorted[count - 1];
  // About the middle value, so that large numbers far from zero keep their digits.
  const origin = sorted[count >> 1];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (sorted[i] - origin) / count;
  const mean = origin + sum;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (sorted[i] - mean) ** 2;
  const deviation = Math.sqrt(squares / (count - 1));
  return {
    min,
    max,
    mean: finite(mean) ?? origin,
    standardDeviation: count > 1 ? finite(deviation) : null,
    quantiles: QUANTILES.map((share) => quantile(sorted, share)),
    histogram: histogram(sorted, min, max),
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  const part = place - below;
  return sorted[below] * (1 - part) + sorted[above] * part;
}

function histogram(sorted: Float64Array, min: number, max: number): number[] {
  if (min === max) return [sorted.length];
  const counts = new Array<number>(BINS).fill(0);
  // Halved, so that the widest range of doubles has a width.
  const width = max / 2 - min / 2;
  for (let i = 0; i < sorted.length; i++) {
    counts[Math.min(BINS - 1, Math.floor(((sorted[i] / 2 - min / 2) / width) * BINS))]++;
  }
  return counts;
}

/** The most frequent values. */
class Runs {
  /** A value that is not more frequent need not be added. */
  least = 0;
  readonly top: { readonly value: number; readonly count: number }[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(value: number, count: number): void {
    const { top } = this;
    let at = top.length;
    while (at > 0 && top[at - 1].count < count) at--;
    top.splice(at, 0, { value, count });
    if (top.length > this.#most) top.pop();
    if (top.length === this.#most) this.least = top[top.length - 1].count;
  }
}
