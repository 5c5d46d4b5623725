import { MlError } from '../errors.ts';
import { meanOf, quantile, varianceOf } from '../preprocessing/quantile.ts';
import { type Column, checkTable, type Table } from '../preprocessing/table.ts';
import { describeCluster } from './profile-words.ts';

/** How a number column lies in a cluster, beside the whole table. Missing numbers do not count; NaN where there is none. */
export interface NumberProfile {
  readonly kind: 'number';
  readonly name: string;
  /** The numbers are times, in milliseconds since 1970. */
  readonly isTime?: true;
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  /** At 5, 25, 75 and 95 %. */
  readonly quantiles: readonly [number, number, number, number];
  readonly wholeMean: number;
  readonly wholeMedian: number;
  /** Cohen's d of the cluster against all other rows: difference of means by the pooled deviation. 0 where nothing differs. */
  readonly effect: number;
}

export interface CategoryShare {
  readonly text: string;
  readonly share: number;
  readonly wholeShare: number;
  /** How many times as frequent as in the whole table. */
  readonly lift: number;
}

export interface TextProfile {
  readonly kind: 'text';
  readonly name: string;
  readonly count: number;
  /** The most frequent ones of the cluster, first those. */
  readonly categories: readonly CategoryShare[];
  /** Cramer's V of being in the cluster and the category: 0 for nothing in common, 1 where one tells the other. */
  readonly effect: number;
}

export type ColumnProfile = NumberProfile | TextProfile;

export interface ClusterProfile {
  /** -1 are the rows in no cluster. */
  readonly label: number;
  readonly size: number;
  readonly share: number;
  readonly columns: readonly ColumnProfile[];
  /** Names of the columns that tell the cluster most, strongest first. */
  readonly top: readonly string[];
  readonly words: string;
}

const CATEGORIES = 5;
const TOP = 5;
/** Effects below these are called small by Cohen (1988) and not spoken of. */
const LEAST_D = 0.2;
const LEAST_V = 0.1;

interface Whole {
  readonly mean: number;
  readonly median: number;
  readonly counts: Float64Array;
  readonly count: number;
}

function wholeOf({ values, categories }: Column): Whole {
  const present = values.filter((value) => !Number.isNaN(value));
  const counts = new Float64Array(categories?.length ?? 0);
  if (categories) for (const code of present) counts[code]++;
  const isEmpty = categories !== undefined || present.length === 0;
  const median = isEmpty ? Number.NaN : quantile(present.slice().sort(), 0.5);
  return { mean: isEmpty ? Number.NaN : meanOf(present), median, counts, count: present.length };
}

function cohensD(own: Float64Array, rest: Float64Array): number {
  if (own.length === 0 || rest.length === 0) return 0;
  const [mean, other] = [meanOf(own), meanOf(rest)];
  const squares = own.length * varianceOf(own, mean) + rest.length * varianceOf(rest, other);
  const pooled = Math.sqrt(squares / Math.max(1, own.length + rest.length - 2));
  // Nothing varies within: apart at all is apart without limit, which is told as a large number.
  if (pooled === 0) return mean === other ? 0 : Math.sign(mean - other) * 99;
  return (mean - other) / pooled;
}

function numberProfile({ name, values }: Column, isTime: boolean, inside: Uint8Array, whole: Whole): NumberProfile {
  const part = (wanted: number) => values.filter((value, row) => inside[row] === wanted && !Number.isNaN(value));
  const [own, rest] = [part(1), part(0)];
  const sorted = own.slice().sort();
  const at = (share: number) => (sorted.length > 0 ? quantile(sorted, share) : Number.NaN);
  return {
    kind: 'number',
    name,
    ...(isTime ? { isTime } : {}),
    count: own.length,
    mean: own.length > 0 ? meanOf(own) : Number.NaN,
    median: at(0.5),
    quantiles: [at(0.05), at(0.25), at(0.75), at(0.95)],
    wholeMean: whole.mean,
    wholeMedian: whole.median,
    effect: cohensD(own, rest),
  };
}

/** Of a table of two rows, being inside or not, and a column for each category; the smaller side is 2, so V is phi. */
function cramersV(own: Float64Array, whole: Float64Array): number {
  const [inside, total] = [own, whole].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const outside = total - inside;
  if (inside === 0 || outside === 0) return 0;
  let square = 0;
  for (let at = 0; at < whole.length; at++) {
    if (whole[at] === 0) continue;
    const expected = (whole[at] * inside) / total;
    const expectedOutside = whole[at] - expected;
    square += (own[at] - expected) ** 2 / expected + (own[at] - expected) ** 2 / expectedOutside;
  }
  return Math.sqrt(square / total);
}

function textProfile(column: Column, inside: Uint8Array, whole: Whole): TextProfile {
  const { name, values, categories = [] } = column;
  const counts = new Float64Array(categories.length);
  let count = 0;
  values.forEach((code, row) => {
    if (!inside[row] || Number.isNaN(code)) return;
    counts[code]++;
    count++;
  });
  const shares = categories
    .map((text, at): CategoryShare => {
      const [share, wholeShare] = [counts[at] / count, whole.counts[at] / whole.count];
      return { text, share, wholeShare, lift: share / wholeShare };
    })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || (a.text < b.text ? -1 : 1));
  return { kind: 'text', name, count, categories: shares.slice(0, CATEGORIES), effect: cramersV(counts, whole.counts) };
}

/** An effect by what counts as small of its kind, so that numbers and texts can be put in one order. */
export const strength = ({ kind, effect }: ColumnProfile): number =>
  Math.abs(effect) / (kind === 'number' ? LEAST_D : LEAST_V);

/**
 * What is in each cluster, against the whole table of original values, in numbers and in words. Clusters in the order of their labels, noise (-1) first.
 * @param times names of columns whose numbers are times, in milliseconds since 1970.
 * @throws MlError SHAPE_MISMATCH where there is not a label for each row, and by checkTable.
 */
export function profileClusters(
  table: Table,
  labels: Int32Array,
  times: ReadonlySet<string> = new Set(),
): ClusterProfile[] {
  checkTable(table);
  if (labels.length !== table.rows)
    throw new MlError('SHAPE_MISMATCH', `${labels.length} labels for ${table.rows} rows`);
  const whole = table.columns.map(wholeOf);
  return [...new Set(labels)]
    .sort((a, b) => a - b)
    .map((label) => {
      const inside = Uint8Array.from(labels, (own) => Number(own === label));
      const size = inside.reduce((sum, one) => sum + one, 0);
      const columns = table.columns.map((column, at) =>
        column.categories
          ? textProfile(column, inside, whole[at])
          : numberProfile(column, times.has(column.name), inside, whole[at]),
      );
      const strongest = columns
        .filter((column) => strength(column) >= 1)
        .sort((a, b) => strength(b) - strength(a))
        .slice(0, TOP);
      const share = size / table.rows;
      return {
        label,
        size,
        share,
        columns,
        top: strongest.map(({ name }) => name),
        words: describeCluster(label, size, share, strongest),
      };
    });
}
