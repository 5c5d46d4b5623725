import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel, ranges } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './layout.generated.ts';
import type { SparseGraph } from './sparse-graph.ts';

interface Exports {
  descend(job: number, from: number, to: number, epoch: number, rate: number): void;
}

export interface Descent {
  readonly a: number;
  readonly b: number;
  readonly epochs: number;
  readonly rate: number;
  readonly negatives: number;
  readonly repulsion: number;
  readonly seed: number;
}

const LEAST_SHARED_ROWS = 4096;

const strideOf = (width: number): number => Math.ceil(width / 4) * 4;

export const descentBytes = (rows: number, entries: number, width: number): number =>
  entries * 16 + rows * (4 + 3 * 4 * strideOf(width));

/**
 * Moves rows by UMAP's stochastic descent: along each tie as often as it is strong, and away from rows drawn at random each time. A
 * row is moved by itself alone, by both ends' share of its ties, and sees the others where they were before the epoch, which makes
 * the result the same for any number of threads; draws depend on seed, epoch and row. Moving row after row instead, each seeing
 * where the others went, took eight times the waiting for threads and gave the same trustworthiness (.9776 either way, 2,000 x 20).
 * @param fixed places that rows are tied to and that stay; their own where it is left out.
 * @throws MlError BAD_PARAMETER where compiled code cannot run.
 */
export function descendLayout(
  graph: SparseGraph,
  start: Matrix,
  { a, b, epochs, rate, negatives, repulsion, seed }: Descent,
  context: FitContext,
  fixed?: Matrix,
): Matrix {
  const { rows } = graph;
  const width = start.columns;
  const stride = strideOf(width);
  const plan = new MemoryPlan();
  const job = plan.place(128);
  const offsets = plan.place(4 * (rows + 1));
  const [tails, every, next] = [0, 1, 2].map(() => plan.place(4 * graph.columns.length));
  const heads = plan.place(4 * rows * stride);
  const moved = plan.place(4 * rows * stride);
  const stays = fixed ? plan.place(4 * fixed.rows * stride) : 0;
  const threads = rows >= LEAST_SHARED_ROWS ? context.threads : undefined;
  const kernel = parallelKernel<Exports>(WASM_BASE64, plan.bytes, threads);
  if (!kernel) throw new MlError('BAD_PARAMETER', 'UMAP needs WebAssembly with SIMD here: choose the reference engine');
  try {
    const { buffer } = kernel;
    const strongest = graph.values.reduce((most, value) => Math.max(most, value), 0);
    const steps = new Float32Array(buffer, every, graph.columns.length);
    for (let at = 0; at < steps.length; at++) steps[at] = strongest / graph.values[at];
    new Float32Array(buffer, next, steps.length).set(steps);
    new Int32Array(buffer, offsets, rows + 1).set(graph.offsets);
    new Int32Array(buffer, tails, graph.columns.length).set(graph.columns);
    const put = (X: Matrix, at: number) => {
      const to = new Float32Array(buffer, at, X.rows * stride);
      for (let row = 0; row < X.rows; row++) to.set(X.data.subarray(row * width, (row + 1) * width), row * stride);
    };
    put(start, heads);
    if (fixed) put(fixed, stays);
    const words = [width, stride, offsets, tails, every, next, heads, stays, moved];
    new Int32Array(buffer, job, 12).set([...words, fixed ? fixed.rows : rows, seed, negatives]);
    new Float32Array(buffer, job + 48, 4).set([a, b, fixed ? 1 : 2, repulsion]);
    const parts = ranges(rows, threads);
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const now = rate * (1 - (epoch - 1) / epochs);
      kernel.run(
        'descend',
        parts.map(([from, to]) => [job, from, to, epoch, now]),
      );
      context.progress?.(epoch / epochs);
    }
    const Z = { rows, columns: width, data: new Float64Array(rows * width) };
    const from = new Float32Array(buffer, epochs % 2 ? moved : heads, rows * stride);
    for (let row = 0; row < rows; row++) Z.data.set(from.subarray(row * stride, row * stride + width), row * width);
    return Z;
  } finally {
    kernel.close();
  }
}
