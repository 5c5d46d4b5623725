import type { FitContext } from '../estimator.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import type { ParallelKernel } from '../parallel-kernel.ts';
import { toFours } from './fours.ts';
import { createKernel, type LinearAlgebraExports } from './kernel.ts';
import { packPanels, packRows, TASK_BYTES, writeTask } from './product.ts';

/** Numbers in the kernel's memory at once: about what the caches hold, so that copying costs little. */
const NUMBERS_AT_ONCE = 130_000;
/** Narrower rows are done with sooner than another thread has woken. */
const THREADED_WIDTH = 64;
/**
 * Rows, evenly spread, whose mean is taken off while the means of all are not known. They are rows of the table, so that sums of
 * squares around their mean are at most rows / 512 times those around the mean of all: three digits lost of a million rows at worst.
 */
const SHIFT_ROWS = 512;

function placesFor(rows: number, columns: number, outputs: number) {
  const width = toFours(columns);
  // Rows of a block with sums of its own; by sizes alone, never by threads, so that sums are the same for any number of them.
  const blockRows = 4 * Math.ceil(Math.max(1024, (rows * width * width) / 8_000_000) / 4);
  const blocks = Math.ceil(rows / blockRows);
  const together = Math.max(1, Math.min(blocks, Math.floor(NUMBERS_AT_ONCE / (blockRows * width))));
  const plan = new MemoryPlan();
  return {
    width,
    blockRows,
    blocks,
    together,
    task: plan.place(TASK_BYTES),
    x: plan.place(8 * together * blockRows * width),
    means: plan.place(8 * width),
    sums: plan.place(8 * blocks * width),
    grams: plan.place(8 * blocks * width * width),
    panels: plan.place(8 * width * toFours(outputs)),
    out: plan.place(8 * together * blockRows * toFours(outputs)),
    bytes: plan.bytes,
  };
}

/** Bytes of what rows pass through: their sums, and products with up to that many vectors. */
export const centeredBytes = (rows: number, columns: number, outputs: number): number =>
  placesFor(rows, columns, outputs).bytes;

/**
 * Passes over rows less their means, some blocks of them at a time in a kernel's memory. Means and products of columns come of one
 * pass around the means of a few rows (Chan, Golub and LeVeque 1983, on shifted data). To be closed.
 */
export class CenteredRows {
  readonly means: Float64Array;
  /** Sums of products of columns: columns x columns, symmetric. Divided by rows it is the covariance. */
  readonly gram: Float64Array;
  readonly #X: Matrix;
  readonly #kernel: ParallelKernel<LinearAlgebraExports>;
  readonly #at: ReturnType<typeof placesFor>;

  /** @param outputs most vectors of `times`. */
  constructor(X: Matrix, outputs: number, { threads }: FitContext) {
    this.#X = X;
    this.#at = placesFor(X.rows, X.columns, outputs);
    this.#kernel = createKernel(this.#at.bytes, this.#at.width < THREADED_WIDTH ? undefined : threads);
    const { means, gram } = this.#around(meansOfSome(X));
    this.means = means;
    this.gram = gram;
    new Float64Array(this.#kernel.buffer, this.#at.means, X.columns).set(means);
  }

  /** The means, and products of columns less them, by way of a shift. */
  #around(shift: Float64Array): { means: Float64Array; gram: Float64Array } {
    const { buffer } = this.#kernel;
    const { sums, grams, width, blocks, means: place } = this.#at;
    const { rows, columns } = this.#X;
    new Float64Array(buffer, place, columns).set(shift);
    const parts = new Float64Array(buffer, grams, blocks * width * width).fill(0);
    const totals = new Float64Array(buffer, sums, blocks * width).fill(0);
    this.#pass((batch) => {
      const calls = batch.map(({ block, x, rows }) => {
        return [x, width, rows, place, grams + 8 * block * width * width, sums + 8 * block * width];
      });
      this.#kernel.run('centeredGram', calls);
    });
    const off = new Float64Array(columns);
    for (let block = 0; block < blocks; block++)
      for (let column = 0; column < columns; column++) off[column] += totals[block * width + column] / rows;
    const gram = new Float64Array(columns * columns);
    for (let i = 0; i < columns; i++) {
      for (let j = i; j < columns; j++) {
        let sum = 0;
        for (let block = 0; block < blocks; block++) sum += parts[(block * width + i) * width + j];
        sum -= rows * off[i] * off[j];
        if (i === j) sum = Math.max(0, sum);
        gram[i * columns + j] = sum;
        gram[j * columns + i] = sum;
      }
    }
    return { means: shift.map((value, column) => value + off[column]), gram };
  }

  /** Scalar products of each row with the rows of `vectors`. */
  times(vectors: Matrix): Matrix {
    const { task, x, panels, out, means, width, blockRows } = this.#at;
    const outer = toFours(vectors.rows);
    const { buffer } = this.#kernel;
    packPanels(vectors, width, new Float64Array(buffer, panels, width * outer).fill(0));
    const Z = zeros(this.#X.rows, vectors.rows);
    this.#pass((batch, from, count) => {
      writeTask(buffer, task, { rows: count, inner: width, outer, A: x, B: panels, C: out });
      const calls = batch.map(({ rows }, at) => [task, at * blockRows, at * blockRows + toFours(rows), means]);
      this.#kernel.run('centeredProduct', calls);
      const products = new Float64Array(buffer, out, count * outer);
      for (let row = 0, at = 0, to = from * Z.columns; row < count; row++, at += outer - Z.columns) {
        for (let column = 0; column < Z.columns; column++) Z.data[to++] = products[at++];
      }
    });
    return Z;
  }

  close(): void {
    this.#kernel.close();
  }

  /** Brings batch after batch of blocks into the memory, rows [from, from + count) of the table. */
  #pass(
    use: (batch: readonly { block: number; x: number; rows: number }[], from: number, count: number) => void,
  ): void {
    const { x, width, blockRows, blocks, together } = this.#at;
    const { rows, columns, data } = this.#X;
    for (let first = 0; first < blocks; first += together) {
      const from = first * blockRows;
      const count = Math.min(rows - from, together * blockRows);
      const part = { rows: count, columns, data: data.subarray(from * columns, (from + count) * columns) };
      packRows(part, width, new Float64Array(this.#kernel.buffer, x, count * width));
      const batch = Array.from({ length: Math.ceil(count / blockRows) }, (_, at) => ({
        block: first + at,
        x: x + 8 * at * blockRows * width,
        rows: Math.min(blockRows, count - at * blockRows),
      }));
      use(batch, from, count);
    }
  }
}

function meansOfSome({ rows, columns, data }: Matrix): Float64Array {
  const count = Math.min(rows, SHIFT_ROWS);
  const means = new Float64Array(columns);
  for (let at = 0; at < count; at++) {
    const from = Math.floor((at * rows) / count) * columns;
    for (let column = 0; column < columns; column++) means[column] += data[from + column] / count;
  }
  return means;
}
