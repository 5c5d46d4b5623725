import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import { columnMeans } from '../linear-algebra/gram.ts';
import { checkByMeans, type Matrix, takeRows } from '../matrix.ts';
import { Random } from '../random.ts';
import { KMeansKernel } from './k-means-kernel.ts';
import { kMeansPlusPlus } from './k-means-seeds.ts';
import { limitSizes } from './size-limits.ts';

export interface KMeansSettings {
  readonly n_clusters: number;
  readonly init: 'k-means++' | 'random';
  readonly n_init: number;
  readonly max_iter: number;
  readonly tol: number;
  readonly seed: number;
  /** Rows of a cluster; 0: any number. */
  readonly min_size: number;
  readonly max_size: number;
}

export interface KMeansResult {
  /** k x columns. */
  readonly centres: Float64Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly iterations: number;
}

/** Rows of a sample on which starts are sought, where there are more than twice as many. */
const sampleRows = (k: number): number => Math.max(4000, 200 * k);
const SAMPLE_STARTS = 4;

/**
 * Lloyd's algorithm, as scikit-learn runs it: the best of `n_init` starts by inertia. Of many rows each k-means++ start is the best
 * of four on a sample, run to their end there (Bradley and Fayyad, "Refining initial points for k-means clustering", 1998): fewer
 * passes over all rows than a start from them, and fewer poor optima.
 */
export function fitKMeans(X: Matrix, settings: KMeansSettings, context: FitContext): KMeansResult {
  const offset = columnMeans(X);
  checkByMeans(X, offset);
  const isSampled = settings.init === 'k-means++' && X.rows > 2 * sampleRows(settings.n_clusters);
  const randoms = Array.from({ length: settings.n_init }, (_, start) => new Random(settings.seed, start));
  const sampled = isSampled ? randoms.map((random) => sampledStart(X, offset, settings, random, context)) : [];
  const kernel = opened(X, settings, context, offset);
  try {
    let best: KMeansResult | undefined;
    randoms.forEach((random, start) => {
      const centres = sampled[start] ?? firstCentres(kernel, settings, random);
      const result = lloyd(X, kernel, centres, settings, (done) => {
        context.progress?.((start + done) / settings.n_init);
      });
      if (!best || result.inertia < best.inertia) best = result;
    });
    return withOffset(best, kernel);
  } finally {
    kernel.close();
  }
}

/** As `fitKMeans`, from those centres (k x columns). */
export function fitKMeansFrom(
  X: Matrix,
  centres: Float64Array,
  settings: KMeansSettings,
  context: FitContext,
): KMeansResult {
  const kernel = opened(X, settings, context, columnMeans(X));
  try {
    const { offset, columns } = kernel;
    const start = centres.map((value, at) => value - offset[at % columns]);
    return withOffset(lloyd(X, kernel, start, settings, context.progress), kernel);
  } finally {
    kernel.close();
  }
}

function opened(X: Matrix, { n_clusters }: KMeansSettings, context: FitContext, offset: Float64Array): KMeansKernel {
  const kernel = KMeansKernel.open(X, n_clusters, 3, context, offset);
  if (!kernel) throw new MlError('INVALID_INPUT', 'the rows do not fit into the memory of compiled code');
  return kernel;
}

function withOffset(result: KMeansResult | undefined, { offset, columns }: KMeansKernel): KMeansResult {
  if (!result) throw new MlError('BAD_PARAMETER', 'n_init must be at least 1');
  return { ...result, centres: result.centres.map((value, at) => value + offset[at % columns]) };
}

function firstCentres(kernel: KMeansKernel, { init }: KMeansSettings, random: Random): Float64Array {
  return init === 'random' ? randomRows(kernel, random) : kMeansPlusPlus(kernel, random);
}

/** Centres without the offset. */
function sampledStart(
  X: Matrix,
  offset: Float64Array,
  settings: KMeansSettings,
  random: Random,
  context: FitContext,
): Float64Array {
  const drawn = Int32Array.from({ length: sampleRows(settings.n_clusters) }, () => random.below(X.rows)).sort();
  const sample = takeRows(X, drawn);
  const kernel = opened(sample, settings, context, offset);
  try {
    const unlimited = { ...settings, min_size: 0, max_size: 0 };
    let best: KMeansResult | undefined;
    for (let start = 0; start < SAMPLE_STARTS; start++) {
      const result = lloyd(sample, kernel, kMeansPlusPlus(kernel, random), unlimited);
      if (!best || result.inertia < best.inertia) best = result;
    }
    return best?.centres ?? new Float64Array();
  } finally {
    kernel.close();
  }
}

function randomRows(kernel: KMeansKernel, random: Random): Float64Array {
  const { rows, columns, k } = kernel;
  const order = random.shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const centres = new Float64Array(k * columns);
  for (let c = 0; c < k; c++) centres.set(kernel.row(order[c]), c * columns);
  return centres;
}

function lloyd(
  X: Matrix,
  kernel: KMeansKernel,
  start: Float64Array,
  settings: KMeansSettings,
  progress?: (done: number) => void,
): KMeansResult {
  const { max_iter, tol } = settings;
  const enough = tol * meanVariance(X, kernel.offset);
  kernel.forgetLabels();
  let centres = start;
  let settled = false;
  let iterations = 0;
  while (iterations < max_iter && !settled) {
    iterations++;
    assign(kernel, centres, settings);
    settled = kernel.regroup() === 0;
    if (settled) break;
    const next = meansOf(kernel, centres);
    let shift = 0;
    for (let at = 0; at < next.length; at++) shift += (next[at] - centres[at]) ** 2;
    centres = next;
    progress?.(iterations / max_iter);
    if (shift <= enough) break;
  }
  if (settled) {
    // Sums that were brought up to date row by row have rounded on the way: once more from nothing.
    kernel.forgetLabels();
    kernel.regroup();
    centres = meansOf(kernel, centres);
  } else {
    assign(kernel, centres, settings);
  }
  const inertia = kernel.spread(centres).reduce((sum, part) => sum + part, 0);
  return { centres, labels: kernel.labels.slice(), inertia, iterations };
}

function assign(kernel: KMeansKernel, centres: Float64Array, { min_size, max_size }: KMeansSettings): void {
  kernel.assign(centres);
  if (min_size === 0 && max_size === 0) return;
  const { rows, columns, k } = kernel;
  const costs = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const x = kernel.row(row);
    for (let c = 0; c < k; c++) {
      let distance = 0;
      for (let at = 0; at < columns; at++) distance += (x[at] - centres[c * columns + at]) ** 2;
      costs[row * k + c] = distance;
    }
  }
  kernel.labels.set(limitSizes(costs, k, min_size, max_size || rows));
}

/** Means of the clusters; one without rows takes the row that is farthest from its centre, as scikit-learn has it. */
function meansOf(kernel: KMeansKernel, centres: Float64Array): Float64Array {
  const { columns } = kernel;
  const sums = kernel.sums.slice();
  const counts = kernel.counts.slice();
  const empty = [...counts.keys()].filter((c) => counts[c] === 0);
  if (empty.length > 0) {
    const distances = kernel.spread(centres);
    const farthest = [...distances.keys()].sort((a, b) => distances[b] - distances[a] || a - b);
    empty.forEach((c, at) => {
      const row = farthest[at];
      if (distances[row] === 0) return;
      const from = kernel.labels[row];
      kernel.row(row).forEach((value, column) => {
        sums[c * columns + column] = value;
        sums[from * columns + column] -= value;
      });
      counts[c] = 1;
      counts[from]--;
    });
  }
  return sums.map((sum, at) => {
    const count = counts[Math.floor(at / columns)];
    return count > 0 ? sum / count : centres[at];
  });
}

function meanVariance({ rows, columns, data }: Matrix, means: Float64Array): number {
  let sum = 0;
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) sum += (data[at] - means[column]) ** 2;
  return sum / (rows * columns);
}
