import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { createKernel } from './kernel.ts';
import { MemoryPlan, toFours } from './memory-plan.ts';

/** Columns' means, summed row by row. */
export function columnMeans(X: Matrix): Float64Array {
  const means = new Float64Array(X.columns);
  for (let at = 0; at < X.data.length; )
    for (let column = 0; column < X.columns; column++) means[column] += X.data[at++];
  return means.map((sum) => sum / X.rows);
}

/** Rows of a block with sums of its own; depends on the size alone, never on threads. */
const blockRows = (rows: number, width: number): number =>
  Math.max(1024, Math.ceil((rows * width * width) / 8_000_000));

/** Bytes that `centeredGram` takes. */
export function gramMemory(rows: number, columns: number): number {
  const width = toFours(columns);
  const blocks = Math.ceil(rows / blockRows(rows, width));
  return 8 * (rows * width + blocks * width * width) + 65536;
}

/** Sums of products of columns, each less its mean: columns x columns, symmetric. Divided by rows it is the covariance. */
export function centeredGram(
  X: Matrix,
  context: FitContext,
): { readonly means: Float64Array; readonly gram: Float64Array } {
  const { rows, columns, data } = X;
  const width = toFours(columns);
  const size = blockRows(rows, width);
  const blocks = Math.ceil(rows / size);
  const plan = new MemoryPlan();
  const x = plan.numbers(rows * width);
  const sums = plan.numbers(blocks * width * width);
  const means = columnMeans(X);
  const kernel = createKernel(plan.bytes, context.threads);
  try {
    const packed = new Float64Array(kernel.buffer, x, rows * width);
    for (let row = 0, from = 0, to = 0; row < rows; row++, to += width - columns) {
      for (let column = 0; column < columns; column++) packed[to++] = data[from++] - means[column];
    }
    context.progress?.(0.2);
    const calls = Array.from({ length: blocks }, (_, block) => [
      x + 8 * block * size * width,
      width,
      Math.min(size, rows - block * size),
      sums + 8 * block * width * width,
    ]);
    kernel.run('gram', calls);
    const parts = new Float64Array(kernel.buffer, sums, blocks * width * width);
    const gram = new Float64Array(columns * columns);
    for (let i = 0; i < columns; i++) {
      for (let j = i; j < columns; j++) {
        let sum = 0;
        for (let block = 0; block < blocks; block++) sum += parts[(block * width + i) * width + j];
        gram[i * columns + j] = sum;
        gram[j * columns + i] = sum;
      }
    }
    return { means, gram };
  } finally {
    kernel.close();
  }
}
