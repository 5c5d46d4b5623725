import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
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

/** Lloyd's algorithm, as scikit-learn runs it: the best of `n_init` starts by inertia. */
export function fitKMeans(X: Matrix, settings: KMeansSettings, context: FitContext): KMeansResult {
  const kernel = KMeansKernel.open(X, settings.n_clusters, 3, context);
  if (!kernel) throw new MlError('INVALID_INPUT', 'the rows do not fit into the memory of compiled code');
  try {
    let best: KMeansResult | undefined;
    for (let start = 0; start < settings.n_init; start++) {
      const result = fromOneStart(X, kernel, settings, new Random(settings.seed, start), (done) =>
        context.progress?.((start + done) / settings.n_init),
      );
      if (!best || result.inertia < best.inertia) best = result;
    }
    if (!best) throw new MlError('BAD_PARAMETER', 'n_init must be at least 1');
    const { offset, columns } = kernel;
    return { ...best, centres: best.centres.map((value, at) => value + offset[at % columns]) };
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
  const kernel = KMeansKernel.open(X, settings.n_clusters, 3, context);
  if (!kernel) throw new MlError('INVALID_INPUT', 'the rows do not fit into the memory of compiled code');
  try {
    const { offset, columns } = kernel;
    const start = centres.map((value, at) => value - offset[at % columns]);
    const result = lloyd(X, kernel, start, settings, (done) => context.progress?.(done));
    return { ...result, centres: result.centres.map((value, at) => value + offset[at % columns]) };
  } finally {
    kernel.close();
  }
}

function fromOneStart(
  X: Matrix,
  kernel: KMeansKernel,
  settings: KMeansSettings,
  random: Random,
  progress: (done: number) => void,
) {
  const centres = settings.init === 'random' ? randomRows(kernel, random) : kMeansPlusPlus(kernel, random);
  return lloyd(X, kernel, centres, settings, progress);
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
  progress: (done: number) => void,
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
    progress(iterations / max_iter);
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
  for (let at = 0; at < data.length; at++) sum += (data[at] - means[at % columns]) ** 2;
  return sum / (rows * columns);
}
