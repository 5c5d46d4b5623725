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
  if (rowSums.size <= 1 && columnSums.size <= 1) return 1;
  let information = 0;
  for (const [label, cell] of cells) {
    const inRow = rowSums.get(label) ?? 0;
    for (const [other, count] of cell)
      information += (count / rows) * Math.log((count * rows) / (inRow * (columnSums.get(other) ?? 0)));
  }
  const mean = (entropyOf(rowSums, rows) + entropyOf(columnSums, rows)) / 2;
  return mean > 0 ? Math.max(0, Math.min(1, information / mean)) : 0;
}

const entropyOf = (sums: ReadonlyMap<number, number>, rows: number): number => {
  let nats = 0;
  for (const count of sums.values()) nats -= (count / rows) * Math.log(count / rows);
  return nats;
};

/** Logarithms of 0!, 1!, ... rows!. */
function logFactorials(rows: number): Float64Array {
  const logs = new Float64Array(rows + 1);
  for (let n = 2; n <= rows; n++) logs[n] = logs[n - 1] + Math.log(n);
  return logs;
}

/** Mutual information to expect of labels dealt out at random to classes of these sizes (Vinh, Epps and Bailey 2010, theorem 1). */
function expectedInformation(a: Iterable<number>, b: readonly number[], rows: number): number {
  const logs = logFactorials(rows);
  let expected = 0;
  for (const inA of a) {
    for (const inB of b) {
      const fixed = logs[inA] + logs[inB] + logs[rows - inA] + logs[rows - inB] - logs[rows];
      for (let both = Math.max(1, inA + inB - rows); both <= Math.min(inA, inB); both++) {
        const chance = fixed - logs[both] - logs[inA - both] - logs[inB - both] - logs[rows - inA - inB + both];
        expected += (both / rows) * Math.log((rows * both) / (inA * inB)) * Math.exp(chance);
      }
    }
  }
  return expected;
}

/**
 * Adjusted mutual information (Vinh, Epps and Bailey 2010), by the arithmetic mean of both entropies: 1 where both labellings are the
 * same up to numbering, 0 for chance on average. Unlike the normalised one it does not grow with the number of clusters.
 */
export function adjustedMutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { rowSums, columnSums, cells } = contingency(a, b);
  const rows = a.length;
  if (rowSums.size === columnSums.size && (rowSums.size <= 1 || rowSums.size === rows)) return 1;
  let information = 0;
  for (const [label, cell] of cells)
    for (const [other, count] of cell)
      information +=
        (count / rows) * Math.log((count * rows) / ((rowSums.get(label) ?? 0) * (columnSums.get(other) ?? 0)));
  const expected = expectedInformation(rowSums.values(), [...columnSums.values()], rows);
  const most = (entropyOf(rowSums, rows) + entropyOf(columnSums, rows)) / 2;
  const span = most - expected;
  // Where chance alone reaches the most there is, rounding must not decide the sign.
  return (information - expected) / (span < 0 ? Math.min(span, -Number.EPSILON) : Math.max(span, Number.EPSILON));
}
