import type { FitContext } from '../estimator.ts';
import { createKernel } from '../linear-algebra/kernel.ts';
import { MemoryPlan, toFours } from '../linear-algebra/memory-plan.ts';
import { packPanels, packRows, runProduct, squaredLengths, TASK_BYTES } from '../linear-algebra/product.ts';
import type { SymmetricProduct } from '../linear-algebra/top-eigen.ts';
import type { Matrix } from '../matrix.ts';

/** Vectors of one product at the most. */
const MOST_VECTORS = 64;

export interface RbfOperator {
  /** Sum of each row of affinities, itself (1) included. */
  readonly sums: Float64Array;
  /** All affinities times vectors. */
  readonly product: SymmetricProduct;
  close(): void;
}

/** Bytes of the affinities of all pairs of rows, and of what works with them. */
export const rbfMemory = (rows: number, columns: number): number =>
  8 * toFours(rows) * (toFours(rows) + 2 * toFours(columns) + 2 * MOST_VECTORS + 2) + 65536;

/** The affinities e^(-gamma * squared distance) of all pairs of rows, kept in a kernel's memory until closed. */
export function rbfOperator(X: Matrix, gamma: number, context: FitContext): RbfOperator {
  const { rows } = X;
  const [inner, outer] = [toFours(X.columns), toFours(rows)];
  const plan = new MemoryPlan();
  const at = plan.take(TASK_BYTES);
  const A = plan.numbers(outer * inner);
  const B = plan.numbers(outer * inner);
  const K = plan.numbers(outer * outer);
  const lengths = plan.numbers(outer);
  const V = plan.numbers(outer * MOST_VECTORS);
  const out = plan.numbers(outer * MOST_VECTORS);
  const kernel = createKernel(plan.bytes, context.threads);
  packRows(X, inner, new Float64Array(kernel.buffer, A, rows * inner));
  packPanels(X, inner, new Float64Array(kernel.buffer, B, outer * inner));
  new Float64Array(kernel.buffer, lengths, rows).set(squaredLengths(X));
  runProduct(kernel, at, { rows, inner, outer, A, B, C: K, lengthsA: lengths, lengthsB: lengths, gamma });
  const product = (vectors: Float64Array, count: number): Float64Array => {
    const width = toFours(count);
    const panels = new Float64Array(kernel.buffer, V, outer * width);
    panels.fill(0);
    packPanels({ rows: count, columns: rows, data: vectors }, outer, panels);
    runProduct(kernel, at, { rows, inner: outer, outer: width, A: K, B: V, C: out });
    const images = new Float64Array(kernel.buffer, out, outer * width);
    const result = new Float64Array(vectors.length);
    for (let row = 0; row < rows; row++)
      for (let vector = 0; vector < count; vector++) result[vector * rows + row] = images[row * width + vector];
    return result;
  };
  return {
    sums: product(new Float64Array(rows).fill(1), 1),
    product(vectors, count) {
      if (count <= MOST_VECTORS) return product(vectors, count);
      const result = new Float64Array(vectors.length);
      for (let from = 0; from < count; from += MOST_VECTORS) {
        const to = Math.min(count, from + MOST_VECTORS);
        result.set(product(vectors.subarray(from * rows, to * rows), to - from), from * rows);
      }
      return result;
    },
    close: () => kernel.close(),
  };
}
