import {
  adjustedMutualInformation,
  adjustedRand,
  normalizedMutualInformation,
} from '@kindred/ml/cluster-metrics/agreement.ts';
import { matchLabels } from '@kindred/ml/clustering/stability.ts';
import type { Labels } from '../labels-file.ts';

export interface MovedRow {
  /** Place in the data set. */
  readonly index: number;
  readonly first: number;
  readonly second: number;
}

export interface LabelComparison {
  /** Rows that both clusterings kept; the others were left out as outliers by one of them. */
  readonly common: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Null where there is no common row. */
  readonly adjustedRand: number | null;
  readonly normalizedMutualInformation: number | null;
  readonly adjustedMutualInformation: number | null;
  /** Rows by both labels, where there are any. */
  readonly cells: readonly { readonly first: number; readonly second: number; readonly rows: number }[];
  /** The cluster of the first clustering that each of the second corresponds to: one for one, so that the most rows stay; null for none. */
  readonly matches: readonly { readonly second: number; readonly first: number | null }[];
  /** Rows that are not in the corresponding cluster, and the first of them. */
  readonly moved: number;
  readonly movedRows: readonly MovedRow[];
}

/** Two labellings of one data set, on the rows that both have. @param most rows that moved to tell one by one. */
export function compareLabels(a: Labels, b: Labels, most: number): LabelComparison {
  const [index, first, second]: number[][] = [[], [], []];
  for (let i = 0, j = 0; i < a.index.length && j < b.index.length; ) {
    if (a.index[i] === b.index[j]) {
      index.push(a.index[i]);
      first.push(a.labels[i++]);
      second.push(b.labels[j++]);
    } else if (a.index[i] < b.index[j]) i++;
    else j++;
  }
  const common = index.length;
  const cells = new Map<string, { first: number; second: number; rows: number }>();
  for (let at = 0; at < common; at++) {
    const key = `${first[at]} ${second[at]}`;
    const cell = cells.get(key) ?? { first: first[at], second: second[at], rows: 0 };
    cell.rows++;
    cells.set(key, cell);
  }
  const matched = matchLabels(Int32Array.from(first), Int32Array.from(second));
  const known = new Set(first);
  const matches = new Map<number, number | null>();
  second.forEach((label, at) => {
    matches.set(label, known.has(matched[at]) ? matched[at] : null);
  });
  const movedRows: MovedRow[] = [];
  let moved = 0;
  for (let at = 0; at < common; at++) {
    if (matched[at] === first[at]) continue;
    if (moved++ < most) movedRows.push({ index: index[at], first: first[at], second: second[at] });
  }
  const measure = (of: (x: ArrayLike<number>, y: ArrayLike<number>) => number) =>
    common > 0 ? of(first, second) : null;
  return {
    common,
    onlyFirst: a.index.length - common,
    onlySecond: b.index.length - common,
    adjustedRand: measure(adjustedRand),
    normalizedMutualInformation: measure(normalizedMutualInformation),
    adjustedMutualInformation: measure(adjustedMutualInformation),
    cells: [...cells.values()].sort((x, y) => x.first - y.first || x.second - y.second),
    matches: [...matches].map(([label, of]) => ({ second: label, first: of })).sort((x, y) => x.second - y.second),
    moved,
    movedRows,
  };
}
