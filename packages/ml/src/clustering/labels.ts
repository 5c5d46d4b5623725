import type { Placed } from '../estimator.ts';

/** For each label 0..count-1 its number when clusters are numbered by their first row; those of no row come last. */
export function numberingByFirstRow(labels: ArrayLike<number>, count: number): Int32Array {
  const numbers = new Int32Array(count).fill(-1);
  let next = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label >= 0 && numbers[label] < 0) numbers[label] = next++;
  }
  for (let label = 0; label < count; label++) if (numbers[label] < 0) numbers[label] = next++;
  return numbers;
}

/** The labels (noise stays -1) with clusters numbered by their first row. */
export function numberedByFirstRow(labels: ArrayLike<number>): Int32Array {
  const numbers = new Map<number, number>();
  return Int32Array.from(labels, (label) => {
    if (label < 0) return -1;
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  });
}

/** One more than the greatest label. */
export function clusterCount(labels: ArrayLike<number>): number {
  let most = -1;
  for (let row = 0; row < labels.length; row++) if (labels[row] > most) most = labels[row];
  return most + 1;
}

/** Where there are no clusters that rows could belong to. */
export const allNoise = (rows: number): Placed => ({
  labels: new Int32Array(rows).fill(-1),
  values: new Float64Array(rows).fill(Number.POSITIVE_INFINITY),
});

/** As many of a count of rows as there are in a share of all; two at least, since a row alone has no density. */
export const shareOf = (count: number, share: number): number => Math.max(2, Math.round(count * share));
