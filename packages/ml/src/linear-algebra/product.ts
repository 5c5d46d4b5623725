import type { FitContext } from '../estimator.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import type { ParallelKernel } from '../parallel-kernel.ts';
import { toFours } from './fours.ts';
import { createKernel, type LinearAlgebraExports } from './kernel.ts';

/** Bytes of a product's settings. */
export const TASK_BYTES = 48;

/** Rows of one call: enough work not to notice the call, few enough that threads end together. */
const ROWS_OF_CALL = 256;

export interface ProductTask {
  readonly rows: number;
  /** Columns of A and C, multiples of four. */
  readonly inner: number;
  readonly outer: number;
  readonly A: number;
  readonly B: number;
  readonly C: number;
  readonly lengthsA?: number;
  readonly lengthsB?: number;
  readonly gamma?: number;
}

/** Says what to multiply at `at` in the memory. */
export function writeTask(buffer: ArrayBufferLike, at: number, task: ProductTask): void {
  const { rows, inner, outer, A, B, C, lengthsA = 0, lengthsB = 0, gamma = 0 } = task;
  new Uint32Array(buffer, at, 9).set([rows, 8 * inner, outer / 4, 8 * outer, A, B, C, lengthsA, lengthsB]);
  new Float64Array(buffer, at + 40, 1)[0] = gamma;
}

/** Runs C = A B, or its affinities, on all threads; addresses in the kernel's memory, its rows padded to a multiple of four. */
export function runProduct(kernel: ParallelKernel<LinearAlgebraExports>, at: number, task: ProductTask): void {
  writeTask(kernel.buffer, at, task);
  const calls: number[][] = [];
  const most = toFours(task.rows);
  for (let from = 0; from < most; from += ROWS_OF_CALL) calls.push([at, from, Math.min(most, from + ROWS_OF_CALL)]);
  kernel.run('product', calls);
}

/** Copies rows into memory of a wider width, the rest left as it is (zeros); less `shift` where given. */
export function packRows(X: Matrix, width: number, to: Float64Array, shift?: Float64Array): void {
  const { rows, columns, data } = X;
  if (width === columns && !shift) {
    to.set(data);
    return;
  }
  for (let row = 0; row < rows; row++) {
    const [from, at] = [row * columns, row * width];
    for (let column = 0; column < columns; column++)
      to[at + column] = data[from + column] - (shift ? shift[column] : 0);
  }
}

/** Columns of B, each a row of `transposed`, as panels of four: what the kernel reads. `inner` is the padded width. */
export function packPanels(transposed: Matrix, inner: number, to: Float64Array, shift?: Float64Array): void {
  const { rows, columns, data } = transposed;
  for (let column = 0; column < rows; column++) {
    const panel = Math.floor(column / 4) * inner * 4 + (column % 4);
    for (let at = 0; at < columns; at++) to[panel + 4 * at] = data[column * columns + at] - (shift ? shift[at] : 0);
  }
}

/** Takes the first `columns` of each row of memory of a wider width. */
export function unpackRows(from: Float64Array, width: number, rows: number, columns: number): Matrix {
  const X = zeros(rows, columns);
  if (width === columns) X.data.set(from.subarray(0, rows * columns));
  else {
    for (let row = 0, at = 0, to = 0; row < rows; row++, at += width - columns) {
      for (let column = 0; column < columns; column++) X.data[to++] = from[at++];
    }
  }
  return X;
}

/** Bytes that `productByRows` takes beside its result. */
export const productMemory = (rows: number, columns: number, others: number): number =>
  8 * (toFours(rows) * (toFours(columns) + toFours(others)) + toFours(columns) * toFours(others)) + 65536;

/**
 * X times the transposed of `others`: each row's scalar products with the rows of `others`, as rows x others.rows.
 * @param options.shift taken off each row of X first; with `gamma`, e^(-gamma * squared distance) in place of the products.
 */
export function productByRows(
  X: Matrix,
  others: Matrix,
  context: FitContext,
  { shift, gamma = 0 }: { readonly shift?: Float64Array; readonly gamma?: number } = {},
): Matrix {
  const [inner, outer] = [toFours(X.columns), toFours(others.rows)];
  const plan = new MemoryPlan();
  const at = plan.place(TASK_BYTES);
  const A = plan.place(8 * toFours(X.rows) * inner);
  const B = plan.place(8 * inner * outer);
  const C = plan.place(8 * toFours(X.rows) * outer);
  const lengthsA = plan.place(8 * toFours(X.rows));
  const lengthsB = plan.place(8 * outer);
  const kernel = createKernel(plan.bytes, context.threads);
  try {
    packRows(X, inner, new Float64Array(kernel.buffer, A, X.rows * inner), shift);
    packPanels(others, inner, new Float64Array(kernel.buffer, B, inner * outer));
    if (gamma !== 0) {
      new Float64Array(kernel.buffer, lengthsA, X.rows).set(squaredLengths(X));
      new Float64Array(kernel.buffer, lengthsB, others.rows).set(squaredLengths(others));
    }
    runProduct(kernel, at, { rows: X.rows, inner, outer, A, B, C, lengthsA, lengthsB, gamma });
    return unpackRows(new Float64Array(kernel.buffer, C, X.rows * outer), outer, X.rows, others.rows);
  } finally {
    kernel.close();
  }
}

/** Sums of squares of each row, in the order of the columns, as the kernel sums products. */
export function squaredLengths({ rows, columns, data }: Matrix): Float64Array {
  const lengths = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++, at++) sum += data[at] * data[at];
    lengths[row] = sum;
  }
  return lengths;
}
