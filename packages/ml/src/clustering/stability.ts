import type { z } from 'zod';
import type { Clusterer, FitContext } from '../estimator.ts';
import { checkMatrix, type Matrix, takeRows } from '../matrix.ts';
import { Random } from '../random.ts';
import { partOf } from './core-distances.ts';
import { clusterCount } from './labels.ts';

export interface Stability {
  /** Of each row: the share of the resamples that put it where the whole data did. */
  readonly rows: Float64Array;
  /** Of each cluster: the mean over its rows. */
  readonly clusters: Float64Array;
  /**
   * Of each cluster: rows shared with the cluster of a resample that is most like it, over the rows of either, on the rows drawn; the
   * mean over the resamples that drew a row of it. Hennig calls 0.75 and more stable, below 0.6 not to be trusted.
   */
  readonly jaccard: Float64Array;
  readonly mean: number;
  readonly resamples: number;
  /** Rows drawn for each. */
  readonly drawn: number;
}

export interface BootstrapOptions {
  readonly resamples?: number;
  /** Rows of a resample at the most, so that the cost is bounded. */
  readonly sampleRows?: number;
  readonly seed?: number;
}

/**
 * How sure each row's cluster is, and each cluster as a whole (bootstrap; Hennig 2007): the method is fitted to resamples drawn with
 * replacement, each gives every row a label by `predict`, and its clusters are matched to those of the whole data so that they share
 * the most rows. Of fewer rows than there are, methods that count rows within a distance are told to count fewer of them.
 */
export function bootstrapStability(
  clusterer: Clusterer<z.ZodObject, object>,
  X: Matrix,
  labels: Int32Array,
  params: z.output<z.ZodObject>,
  context: FitContext,
  { resamples = 20, sampleRows = X.rows, seed = 1 }: BootstrapOptions = {},
): Stability {
  checkMatrix(X, 2);
  const size = Math.min(X.rows, sampleRows);
  const own = size < X.rows ? (clusterer.forSample?.(params, size / X.rows) ?? params) : params;
  const agreed = new Float64Array(X.rows);
  const likeness = new Likeness(clusterCount(labels));
  for (let resample = 0; resample < resamples; resample++) {
    const part = partOf(context, resample / resamples, (resample + 1) / resamples);
    const random = new Random(seed, resample);
    const drawn = Int32Array.from({ length: size }, () => random.below(X.rows));
    const fitted = clusterer.fit(takeRows(X, drawn), own, part);
    likeness.add(labels, drawn, fitted.labels);
    const found = matchLabels(labels, clusterer.predict(fitted.model, X, part));
    for (let row = 0; row < X.rows; row++) if (found[row] === labels[row]) agreed[row]++;
  }
  const rows = agreed.map((count) => count / resamples);
  const count = clusterCount(labels);
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  labels.forEach((label, row) => {
    if (label < 0) return;
    sums[label] += rows[row];
    sizes[label]++;
  });
  return {
    rows,
    clusters: sums.map((sum, label) => sum / sizes[label]),
    jaccard: likeness.means(),
    mean: rows.reduce((sum, share) => sum + share, 0) / X.rows,
    resamples,
    drawn: size,
  };
}

/** Jaccard's coefficients of the clusters with those of resamples. */
class Likeness {
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;

  constructor(clusters: number) {
    this.#sums = new Float64Array(clusters);
    this.#counts = new Float64Array(clusters);
  }

  /** @param found labels of the rows drawn; a row that was drawn twice counts once. */
  add(labels: Int32Array, drawn: Int32Array, found: Int32Array): void {
    const [a, b] = [this.#sums.length, clusterCount(found)];
    const [shared, sizes, others] = [new Float64Array(a * b), new Float64Array(a), new Float64Array(b)];
    const seen = new Set<number>();
    drawn.forEach((row, at) => {
      if (seen.has(row)) return;
      seen.add(row);
      if (labels[row] >= 0) sizes[labels[row]]++;
      if (found[at] >= 0) others[found[at]]++;
      if (labels[row] >= 0 && found[at] >= 0) shared[labels[row] * b + found[at]]++;
    });
    for (let cluster = 0; cluster < a; cluster++) {
      if (sizes[cluster] === 0) continue;
      let most = 0;
      for (let other = 0; other < b; other++) {
        const both = shared[cluster * b + other];
        if (both > 0) most = Math.max(most, both / (sizes[cluster] + others[other] - both));
      }
      this.#sums[cluster] += most;
      this.#counts[cluster]++;
    }
  }

  means(): Float64Array {
    return this.#sums.map((sum, cluster) => (this.#counts[cluster] > 0 ? sum / this.#counts[cluster] : 0));
  }
}

/**
 * The second labels in the names of the first, one for one, so that as many rows as possible agree; what matches none is named past
 * the last. Noise stays noise.
 */
export function matchLabels(labels: Int32Array, other: Int32Array): Int32Array {
  const a = clusterCount(labels);
  const b = clusterCount(other);
  const size = Math.max(a, b);
  const shared = new Float64Array(size * size);
  labels.forEach((label, row) => {
    if (label >= 0 && other[row] >= 0) shared[other[row] * size + label]++;
  });
  const named = heaviestMatching(shared, size);
  return other.map((label) => (label < 0 ? -1 : named[label]));
}

/** For each line the column of the assignment of greatest sum (Hungarian method by shortest augmenting paths, Jonker and Volgenant 1987). */
function heaviestMatching(weights: Float64Array, size: number): Int32Array {
  const linePotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const lineOf = new Int32Array(size + 1);
  const way = new Int32Array(size + 1);
  for (let line = 1; line <= size; line++) {
    lineOf[0] = line;
    let column = 0;
    const least = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(size + 1);
    do {
      used[column] = 1;
      const from = lineOf[column];
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let to = 1; to <= size; to++) {
        if (used[to]) continue;
        const cost = -weights[(from - 1) * size + to - 1] - linePotential[from] - columnPotential[to];
        if (cost < least[to]) {
          least[to] = cost;
          way[to] = column;
        }
        if (least[to] < step) {
          step = least[to];
          next = to;
        }
      }
      for (let to = 0; to <= size; to++) {
        if (used[to]) {
          linePotential[lineOf[to]] += step;
          columnPotential[to] -= step;
        } else least[to] -= step;
      }
      column = next;
    } while (lineOf[column] !== 0);
    while (column !== 0) {
      const before = way[column];
      lineOf[column] = lineOf[before];
      column = before;
    }
  }
  const columnOf = new Int32Array(size);
  for (let column = 1; column <= size; column++) columnOf[lineOf[column] - 1] = column - 1;
  return columnOf;
}
