import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel, ranges } from '../parallel-kernel.ts';
import type { SparseGraph } from './sparse-graph.ts';
import { WASM_BASE64 } from './t-sne.generated.ts';

interface Exports {
  tree(job: number): void;
  repel(job: number, from: number, to: number): void;
  total(job: number): number;
  attract(job: number, from: number, to: number, sum: number, exaggeration: number): void;
  step(job: number, momentum: number, rate: number): number;
}

export interface TsneDescent {
  readonly iterations: number;
  readonly exaggeration: number;
  readonly rate: number;
  readonly angle: number;
}

/** As scikit-learn: so many iterations with exaggeration, and a look at the divergence every CHECK ones. */
const EXPLORATION = 250;
const CHECK = 50;
const PATIENCE = 300;
const LEAST_GRADIENT = 1e-7;
const LEAST_SHARED_ROWS = 1500;

export const tsneBytes = (rows: number, entries: number): number =>
  entries * 12 + rows * (4 + 4 * 16 + 5 * 4 + 40 + 16);

/**
 * Descends from `start` (two columns) by the gradient of the divergence of `P` from the layout, repulsion by Barnes and Hut's
 * sums (van der Maaten 2014), with scikit-learn's momentum, gains, phases and rules for ending.
 * @throws MlError BAD_PARAMETER where compiled code cannot run.
 */
export function descendTsne(
  P: SparseGraph,
  start: Matrix,
  { iterations, exaggeration, rate, angle }: TsneDescent,
  context: FitContext,
): { Z: Matrix; divergence: number; iterations: number } {
  const { rows } = P;
  const plan = new MemoryPlan();
  const job = plan.place(128);
  const padded = 4 * rows + 16;
  const offsets = plan.place(4 * (rows + 1));
  const columns = plan.place(4 * P.columns.length);
  const values = plan.place(8 * P.columns.length);
  const [places, gradient, velocity, gains] = [0, 1, 2, 3].map(() => plan.place(16 * rows));
  const [order, xs, ys, forceX, forceY, shares, codes, spareCodes, spareOrder] = Array.from({ length: 9 }, () =>
    plan.place(padded),
  );
  const nodes = plan.place(2 * rows * 20 + 64);
  const counts = plan.place(1024);
  const threads = rows >= LEAST_SHARED_ROWS ? context.threads : undefined;
  const kernel = parallelKernel<Exports>(WASM_BASE64, plan.bytes, threads);
  if (!kernel)
    throw new MlError('BAD_PARAMETER', 't-SNE needs WebAssembly with SIMD, which this runtime does not have');
  try {
    const { buffer, exports } = kernel;
    const pointers = [offsets, columns, values, places, gradient, order, xs, ys, nodes, forceX, forceY, shares];
    new Int32Array(buffer, job, 21).set([
      rows,
      ...pointers,
      velocity,
      gains,
      codes,
      spareCodes,
      spareOrder,
      0,
      0,
      counts,
    ]);
    new Float32Array(buffer, job + 76, 1)[0] = angle * angle;
    new Int32Array(buffer, offsets, rows + 1).set(P.offsets);
    new Int32Array(buffer, columns, P.columns.length).set(P.columns);
    new Float64Array(buffer, values, P.columns.length).set(P.values);
    new Float64Array(buffer, places, 2 * rows).set(start.data);
    let entropy = 0;
    let mass = 0;
    for (const p of P.values) {
      entropy += p > 0 ? p * Math.log(p) : 0;
      mass += p;
    }
    const fours = ranges(Math.ceil(rows / 4), threads, 64).map(([from, to]) => [job, 4 * from, 4 * to]);
    const parts = ranges(rows, threads);
    /** The gradient at the present places, and the divergence where it is wanted. */
    const evaluate = (factor: number, wantDivergence: boolean): number => {
      exports.tree(job);
      kernel.run('repel', fours);
      const sum = exports.total(job);
      kernel.run(
        'attract',
        parts.map(([from, to]) => [job, from, to, sum, factor]),
      );
      if (!wantDivergence) return Number.NaN;
      const own = meanLog(P, new Float64Array(buffer, places, 2 * rows));
      return factor * (entropy + mass * Math.log(factor) + own + mass * Math.log(sum));
    };
    let divergence = Number.NaN;
    let done = 0;
    for (const [end, factor, momentum, patience] of [
      [Math.min(EXPLORATION, iterations), exaggeration, 0.5, EXPLORATION],
      [iterations, 1, 0.8, PATIENCE],
    ]) {
      new Float64Array(buffer, velocity, 2 * rows).fill(0);
      new Float64Array(buffer, gains, 2 * rows).fill(1);
      let best = Number.POSITIVE_INFINITY;
      let bestAt = done;
      for (let at = done; at < end; at++) {
        const check = (at + 1) % CHECK === 0;
        const error = evaluate(factor, check);
        const square = exports.step(job, momentum, rate);
        done = at + 1;
        context.progress?.(done / iterations);
        if (!check) continue;
        if (error < best) [best, bestAt] = [error, at];
        else if (at - bestAt > patience) break;
        if (Math.sqrt(square) <= LEAST_GRADIENT) break;
      }
    }
    divergence = evaluate(1, true);
    const Z = { rows, columns: 2, data: new Float64Array(buffer, places, 2 * rows).slice() };
    return { Z, divergence, iterations: done };
  } finally {
    kernel.close();
  }
}

/** Sum over the pairs of p log(1 + d^2). */
function meanLog({ rows, offsets, columns, values }: SparseGraph, places: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const dx = places[2 * row] - places[2 * columns[at]];
      const dy = places[2 * row + 1] - places[2 * columns[at] + 1];
      sum += values[at] * Math.log(1 + dx * dx + dy * dy);
    }
  }
  return sum;
}
