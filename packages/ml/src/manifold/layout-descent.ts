import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './layout.generated.ts';
import type { SparseGraph } from './sparse-graph.ts';

interface Exports {
  descend(job: number, round: number, from: number, to: number, epoch: number, rate: number): void;
  settle(job: number, round: number, from: number, to: number): void;
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

/**
 * Parts of an epoch: rows of one part move at once, each by where the others stood, and see those of the parts before it where they
 * are now. Enough of them that an epoch differs little from one that moves row after row, few enough to keep threads busy.
 */
const ROUNDS = 8;
const LEAST_SHARED_ROWS = 4096;

const strideOf = (width: number): number => Math.ceil(width / 4) * 4;

export const descentBytes = (rows: number, entries: number, width: number): number =>
  entries * 16 + rows * (4 + 3 * 4 * strideOf(width));

/**
 * Moves rows by UMAP's stochastic descent: along each tie as often as it is strong, and away from rows drawn at random
 * each time. A row is moved by itself alone, by both ends' share of its ties, which makes the result the same for any number
 * of threads; draws depend on seed, epoch and row.
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
  const positions = fixed ? plan.place(4 * fixed.rows * stride) : heads;
  const rounds = fixed ? 1 : ROUNDS;
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
    if (fixed) put(fixed, positions);
    const words = [width, stride, offsets, tails, every, next, heads, positions, moved];
    new Int32Array(buffer, job, 13).set([...words, fixed ? fixed.rows : rows, seed, negatives, rounds]);
    new Float32Array(buffer, job + 52, 4).set([a, b, fixed ? 1 : 2, repulsion]);
    const parts = Array.from({ length: rounds }, (_, round) =>
      roundCalls(job, round, rounds, rows, threads?.count ?? 1),
    );
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const now = rate * (1 - (epoch - 1) / epochs);
      for (const calls of parts) {
        kernel.run(
          'descend',
          calls.map((call) => [...call, epoch, now]),
        );
        kernel.run('settle', calls);
      }
      context.progress?.(epoch / epochs);
    }
    const Z = { rows, columns: width, data: new Float64Array(rows * width) };
    const from = new Float32Array(buffer, heads, rows * stride);
    for (let row = 0; row < rows; row++) Z.data.set(from.subarray(row * stride, row * stride + width), row * width);
    return Z;
  } finally {
    kernel.close();
  }
}

/** Ranges of the rows of a round, a few for each thread. */
function roundCalls(job: number, round: number, rounds: number, rows: number, threads: number): number[][] {
  const count = Math.ceil((rows - round) / rounds);
  const size = Math.max(1, Math.ceil(count / (threads > 1 ? 4 * threads : 1)));
  const calls: number[][] = [];
  for (let from = 0; from < count; from += size) calls.push([job, round, from, Math.min(count, from + size)]);
  return calls;
}
