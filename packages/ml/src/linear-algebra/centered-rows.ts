import type { FitContext } from '../estimator.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import type { ParallelKernel } from '../parallel-kernel.ts';
import { toFours } from './fours.ts';
import { createKernel, type LinearAlgebraExports } from './kernel.ts';
import { packPanels, packRows, TASK_BYTES, writeTask } from './product.ts';

/** Numbers in the kernel's memory at once: about what the caches hold, so that copying costs little. */
const NUMBERS_AT_ONCE = 130_000;

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
    sums: plan.place(8 * blocks * width * width),
    panels: plan.place(8 * width * toFours(outputs)),
    out: plan.place(8 * together * blockRows * toFours(outputs)),
    bytes: plan.bytes,
  };
}

/** Bytes of what rows pass through: their sums, and products with up to that many vectors. */
export const centeredBytes = (rows: number, columns: number, outputs: number): number =>
  placesFor(rows, columns, outputs).bytes;

/** Passes over rows less their means, some blocks of them at a time in a kernel's memory. To be closed. */
export class CenteredRows {
  readonly means: Float64Array;
  readonly #X: Matrix;
  readonly #kernel: ParallelKernel<LinearAlgebraExports>;
  readonly #at: ReturnType<typeof placesFor>;

  /** @param outputs most vectors of `times`. */
  constructor(X: Matrix, outputs: number, { threads }: FitContext) {
    this.#X = X;
    this.#at = placesFor(X.rows, X.columns, outputs);
    this.#kernel = createKernel(this.#at.bytes, threads);
    const { means, width, blocks, sums } = this.#at;
    this.#pass((batch) => {
      const calls = batch.map(({ block, x, rows }) => [x, width, rows, sums + 8 * block * width]);
      this.#kernel.run('sums', calls);
    });
    const parts = new Float64Array(this.#kernel.buffer, sums, blocks * width);
    const all = new Float64Array(this.#kernel.buffer, means, width);
    for (let at = 0; at < parts.length; at++) all[at % width] += parts[at];
    for (let at = 0; at < width; at++) all[at] /= X.rows;
    this.means = all.slice(0, X.columns);
  }

  /** Sums of products of columns: columns x columns, symmetric. Divided by rows it is the covariance. */
  gram(): Float64Array {
    const { sums, width, blocks, means } = this.#at;
    const { columns } = this.#X;
    const parts = new Float64Array(this.#kernel.buffer, sums, blocks * width * width).fill(0);
    this.#pass((batch) => {
      const calls = batch.map(({ block, x, rows }) => [x, width, rows, means, sums + 8 * block * width * width]);
      this.#kernel.run('centeredGram', calls);
    });
    const gram = new Float64Array(columns * columns);
    for (let i = 0; i < columns; i++) {
      for (let j = i; j < columns; j++) {
        let sum = 0;
        for (let block = 0; block < blocks; block++) sum += parts[(block * width + i) * width + j];
        gram[i * columns + j] = sum;
        gram[j * columns + i] = sum;
      }
    }
    return gram;
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
