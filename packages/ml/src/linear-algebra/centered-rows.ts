import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import type { ParallelKernel } from '../parallel-kernel.ts';
import { toFours } from './fours.ts';
import { createKernel, type LinearAlgebraExports } from './kernel.ts';
import { packPanels, packRows, runProduct, TASK_BYTES, unpackRows } from './product.ts';

function placesFor(rows: number, columns: number, outputs: number) {
  const width = toFours(columns);
  // Rows of a block with sums of its own; by sizes alone, never by threads, so that sums are the same for any number of them.
  const blockRows = Math.max(1024, Math.ceil((rows * width * width) / 8_000_000));
  const blocks = Math.ceil(rows / blockRows);
  const plan = new MemoryPlan();
  return {
    width,
    blockRows,
    blocks,
    task: plan.place(TASK_BYTES),
    x: plan.place(8 * toFours(rows) * width),
    means: plan.place(8 * width),
    sums: plan.place(8 * blocks * width * width),
    panels: plan.place(8 * width * toFours(outputs)),
    out: plan.place(8 * (outputs > 0 ? toFours(rows) * toFours(outputs) : 0)),
    bytes: plan.bytes,
  };
}

/** Bytes of the rows, their sums, and products with up to that many vectors. */
export const centeredBytes = (rows: number, columns: number, outputs: number): number =>
  placesFor(rows, columns, outputs).bytes;

/** Rows less their means, in a kernel's memory until closed. */
export class CenteredRows {
  readonly means: Float64Array;
  readonly #kernel: ParallelKernel<LinearAlgebraExports>;
  readonly #at: ReturnType<typeof placesFor>;
  readonly #rows: number;
  readonly #columns: number;

  /** @param outputs most vectors of `times`. */
  constructor(X: Matrix, outputs: number, { threads }: FitContext) {
    this.#rows = X.rows;
    this.#columns = X.columns;
    this.#at = placesFor(X.rows, X.columns, outputs);
    this.#kernel = createKernel(this.#at.bytes, threads);
    const { x, means, width, blocks, sums } = this.#at;
    const { buffer } = this.#kernel;
    packRows(X, width, new Float64Array(buffer, x, X.rows * width));
    this.#eachBlock('sums', (block) => sums + 8 * block * width);
    const parts = new Float64Array(buffer, sums, blocks * width);
    const all = new Float64Array(buffer, means, width);
    for (let at = 0; at < parts.length; at++) all[at % width] += parts[at];
    for (let at = 0; at < width; at++) all[at] /= X.rows;
    this.means = all.slice(0, X.columns);
    this.#eachBlock('center', () => means);
  }

  /** Sums of products of columns: columns x columns, symmetric. Divided by rows it is the covariance. */
  gram(): Float64Array {
    const { sums, width, blocks } = this.#at;
    const columns = this.#columns;
    const parts = new Float64Array(this.#kernel.buffer, sums, blocks * width * width).fill(0);
    this.#eachBlock('gram', (block) => sums + 8 * block * width * width);
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
    const { task, x, panels, out, width } = this.#at;
    const outer = toFours(vectors.rows);
    packPanels(vectors, width, new Float64Array(this.#kernel.buffer, panels, width * outer).fill(0));
    runProduct(this.#kernel, task, { rows: this.#rows, inner: width, outer, A: x, B: panels, C: out });
    return unpackRows(new Float64Array(this.#kernel.buffer, out, this.#rows * outer), outer, this.#rows, vectors.rows);
  }

  close(): void {
    this.#kernel.close();
  }

  #eachBlock(name: 'sums' | 'center' | 'gram', last: (block: number) => number): void {
    const { x, width, blockRows, blocks } = this.#at;
    const calls = Array.from({ length: blocks }, (_, block) => [
      x + 8 * block * blockRows * width,
      width,
      Math.min(blockRows, this.#rows - block * blockRows),
      last(block),
    ]);
    this.#kernel.run(name, calls);
  }
}
