import type { FitContext } from '../estimator.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel, ranges } from '../parallel-kernel.ts';
import { Random } from '../random.ts';
import { WASM_BASE64 } from './layout.generated.ts';
import type { SparseGraph } from './sparse-graph.ts';

interface Exports {
  spread(job: number, from: number, to: number): void;
}

const DEGREE = 16;
const MOST_ROUNDS = 12;
const TOLERANCE = 1e-4;

export const laplacianBytes = (rows: number, entries: number, count: number): number =>
  entries * 8 + rows * 4 + 4 * rows * blockWidth(count) * 4 + 8 * rows * blockWidth(count);

const blockWidth = (count: number): number => Math.ceil((count + 4) / 4) * 4;

/**
 * The `count` vectors of least eigenvalue of a connected graph's normalized Laplacian I - D^-1/2 A D^-1/2, but for the first,
 * which is that of the degrees. By subspace iteration on Chebyshev polynomials of A (Zhou and Saad 2007) in f32, to about four digits:
 * they only start a layout.
 * @returns rows x count numbers, or undefined where compiled code cannot run or the graph has too few rows.
 */
export function laplacianVectors(
  graph: SparseGraph,
  count: number,
  seed: number,
  context: FitContext,
): Float64Array | undefined {
  const { rows } = graph;
  const width = blockWidth(count + 1);
  if (rows < 2 * width) return undefined;
  const plan = new MemoryPlan();
  const job = plan.place(64);
  const offsets = plan.place(4 * (rows + 1));
  const columns = plan.place(4 * graph.columns.length);
  const values = plan.place(4 * graph.columns.length);
  const blocks = [0, 1].map(() => plan.place(4 * rows * width));
  const threads = graph.columns.length > 100_000 ? context.threads : undefined;
  const kernel = parallelKernel<Exports>(WASM_BASE64, plan.bytes, threads);
  if (!kernel) return undefined;
  try {
    const { buffer } = kernel;
    new Int32Array(buffer, offsets, rows + 1).set(graph.offsets);
    new Int32Array(buffer, columns, graph.columns.length).set(graph.columns);
    new Float32Array(buffer, values, graph.columns.length).set(normalized(graph));
    const [X, Y] = blocks.map((at) => new Float32Array(buffer, at, rows * width));
    const parts = ranges(rows, threads).map(([from, to]) => [job, from, to]);
    /** Y = alpha A X + beta X + gamma Y, or with X and Y changing places. */
    const apply = (turn: number, alpha: number, beta: number, gamma: number) => {
      new Int32Array(buffer, job, 6).set([width, offsets, columns, values, blocks[turn], blocks[1 - turn]]);
      new Float32Array(buffer, job + 24, 3).set([alpha, beta, gamma]);
      kernel.run('spread', parts);
    };
    const random = new Random(seed, 23);
    X.forEach((_, at) => {
      X[at] = random.normal();
    });
    let known = new Float64Array(width);
    let cut = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      context.progress?.(round / MOST_ROUNDS);
      // T_m of the interval [-1, cut] mapped to [-1, 1] grows fast above the cut, where the wanted eigenvalues are.
      const half = (cut + 1) / 2;
      const centre = (cut - 1) / 2;
      apply(0, 1 / half, -centre / half, 0);
      for (let degree = 2; degree <= DEGREE; degree++) apply((degree + 1) % 2, 2 / half, (-2 * centre) / half, -1);
      orthonormalize(X, rows, width);
      apply(0, 1, 0, 0);
      const found = rotate(X, Y, rows, width);
      const change = found
        .subarray(0, count + 1)
        .reduce((most, value, at) => Math.max(most, Math.abs(value - known[at])), 0);
      known = found;
      cut = Math.min(0.999, Math.max(-0.5, found[width - 1]));
      if (change < TOLERANCE * (1 - found[count]) || change < 1e-7) break;
    }
    const vectors = new Float64Array(rows * count);
    for (let row = 0; row < rows; row++)
      for (let at = 0; at < count; at++) vectors[row * count + at] = X[row * width + at + 1];
    return vectors;
  } finally {
    kernel.close();
  }
}

function normalized({ rows, offsets, columns, values }: SparseGraph): Float32Array {
  const root = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let degree = 0;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) degree += values[at];
    root[row] = degree > 0 ? 1 / Math.sqrt(degree) : 0;
  }
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let at = offsets[row]; at < offsets[row + 1]; at++) result[at] = values[at] * root[row] * root[columns[at]];
  return result;
}

/** X's columns of length 1 and at right angles, by the Cholesky factor of their products, twice for what rounding left. */
function orthonormalize(X: Float32Array, rows: number, width: number): void {
  for (let pass = 0; pass < 2; pass++) {
    for (let c = 0; c < width; c++) {
      let square = 0;
      for (let at = c; at < X.length; at += width) square += X[at] * X[at];
      const by = square > 0 ? 1 / Math.sqrt(square) : 0;
      for (let at = c; at < X.length; at += width) X[at] *= by;
    }
    const products = gram(X, X, rows, width);
    const { values, vectors } = symmetricEigen(products, width);
    // X V D^-1/2: directions that rounding has drowned get 0 and come back as noise of the next round.
    const turn = new Float64Array(width * width);
    for (let to = 0; to < width; to++) {
      const by = values[to] > 1e-10 * values[0] ? 1 / Math.sqrt(values[to]) : 0;
      for (let from = 0; from < width; from++) turn[from * width + to] = vectors.data[to * width + from] * by;
    }
    multiply(X, turn, rows, width);
  }
}

/** Turns X to the Ritz vectors of A, whose image of X is Y. @returns their values, descending. */
function rotate(X: Float32Array, Y: Float32Array, rows: number, width: number): Float64Array<ArrayBuffer> {
  const { values, vectors } = symmetricEigen(gram(X, Y, rows, width), width);
  const turn = new Float64Array(width * width);
  for (let to = 0; to < width; to++)
    for (let from = 0; from < width; from++) turn[from * width + to] = vectors.data[to * width + from];
  multiply(X, turn, rows, width);
  return Float64Array.from(values);
}

function gram(X: Float32Array, Y: Float32Array, rows: number, width: number): Float64Array {
  const sums = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    const own = row * width;
    for (let a = 0; a < width; a++) {
      const x = X[own + a];
      for (let b = 0; b <= a; b++) sums[a * width + b] += x * Y[own + b];
    }
  }
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) sums[b * width + a] = sums[a * width + b];
  return sums;
}

function multiply(X: Float32Array, turn: Float64Array, rows: number, width: number): void {
  const turned = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    turned.fill(0);
    for (let from = 0; from < width; from++) {
      const x = X[row * width + from];
      for (let to = 0; to < width; to++) turned[to] += x * turn[from * width + to];
    }
    X.set(turned, row * width);
  }
}
