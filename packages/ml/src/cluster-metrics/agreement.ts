import { MlError } from '../errors.ts';

/** How often each pair of labels occurs; each distinct label, noise too, is a class of its own. */
function contingency(a: ArrayLike<number>, b: ArrayLike<number>) {
  if (a.length !== b.length) throw new MlError('SHAPE_MISMATCH', `${a.length} labels against ${b.length}`);
  const rowSums = new Map<number, number>();
  const columnSums = new Map<number, number>();
  const cells = new Map<number, Map<number, number>>();
  for (let row = 0; row < a.length; row++) {
    rowSums.set(a[row], (rowSums.get(a[row]) ?? 0) + 1);
    columnSums.set(b[row], (columnSums.get(b[row]) ?? 0) + 1);
    const cell = cells.get(a[row]) ?? new Map<number, number>();
    cell.set(b[row], (cell.get(b[row]) ?? 0) + 1);
    cells.set(a[row], cell);
  }
  return { rowSums, columnSums, cells };
}

/**
 * Adjusted Rand index (Hubert and Arabie 1985): share of pairs of rows on which two labellings agree, so scaled that chance gives 0 on
 * average; 1 where they are the same up to numbering. Against a label column only: a clustering against itself is always 1.
 */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { rowSums, columnSums, cells } = contingency(a, b);
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const sum = (counts: Iterable<number>) => {
    let total = 0;
    for (const count of counts) total += pairs(count);
    return total;
  };
  let together = 0;
  for (const cell of cells.values()) together += sum(cell.values());
  const inA = sum(rowSums.values());
  const inB = sum(columnSums.values());
  const expected = a.length > 1 ? (inA * inB) / pairs(a.length) : 0;
  const most = (inA + inB) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

/** Normalised mutual information, by the arithmetic mean of both entropies, 0..1; 1 where both have one class. */
export function normalizedMutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { rowSums, columnSums, cells } = contingency(a, b);
  const rows = a.length;
  const entropy = (sums: Map<number, number>) => {
    let bits = 0;
    for (const count of sums.values()) bits -= (count / rows) * Math.log(count / rows);
    return bits;
  };
  if (rowSums.size <= 1 && columnSums.size <= 1) return 1;
  let information = 0;
  for (const [label, cell] of cells) {
    const inRow = rowSums.get(label) ?? 0;
    for (const [other, count] of cell)
      information += (count / rows) * Math.log((count * rows) / (inRow * (columnSums.get(other) ?? 0)));
  }
  const mean = (entropy(rowSums) + entropy(columnSums)) / 2;
  return mean > 0 ? Math.max(0, Math.min(1, information / mean)) : 0;
}
