import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import { toFours } from '../linear-algebra/fours.ts';
import { columnMeans } from '../linear-algebra/gram.ts';
import { packRows } from '../linear-algebra/product.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { type ParallelKernel, parallelKernel } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './mixture.generated.ts';

export type CovarianceType = 'full' | 'tied' | 'diag' | 'spherical';

interface Exports {
  round(task: number, from: number, to: number, block: number): void;
}

const TYPES = { full: 0, tied: 1, diag: 2, spherical: 2 };
const STRIP = 128;
const TASK_BYTES = 64;

/** All sums of blocks together take about so much at the most. */
const SUMS_BYTES = 64_000_000;

function placesFor(rows: number, columns: number, components: number, type: CovarianceType) {
  const width = toFours(columns);
  const factor = type === 'full' ? width * width : type === 'tied' ? 0 : width;
  const sumsLength = 1 + components * (1 + width + factor);
  // Depends on sizes alone, never on threads: sums of blocks are added in their order.
  const mostBlocks = Math.max(1, Math.floor(SUMS_BYTES / (8 * sumsLength)));
  const blockRows = Math.max(16 * STRIP, Math.ceil(rows / mostBlocks / STRIP) * STRIP);
  const blocks = Math.ceil(rows / blockRows);
  const scratchLength = STRIP * (2 * width + components + 2);
  const precisionLength = type === 'tied' ? width * width : components * factor;
  const plan = new MemoryPlan();
  return {
    width,
    factor,
    sumsLength,
    blockRows,
    blocks,
    scratchLength,
    precisionLength,
    task: plan.place(TASK_BYTES),
    x: plan.place(8 * rows * width),
    means: plan.place(8 * components * width),
    precisions: plan.place(8 * precisionLength),
    constants: plan.place(8 * components),
    kept: plan.place(8 * rows * components),
    scratch: plan.place(8 * blocks * scratchLength),
    sums: plan.place(8 * blocks * sumsLength),
    bytes: plan.bytes,
  };
}

export const mixtureBytes = (rows: number, columns: number, components: number, type: CovarianceType): number =>
  placesFor(rows, columns, components, type).bytes;

/** What densities are computed by; means without the kernel's offset. */
export interface MixtureFactors {
  /** components x columns. */
  readonly means: Float64Array;
  /** Inverse roots of covariances: columns x columns upper triangular (full: of each component, tied: one), or columns of each. */
  readonly roots: Float64Array;
  /** Log of weight and of the density's constant, of each component. */
  readonly constants: Float64Array;
}

export interface MixtureSums {
  readonly logLikelihood: number;
  /** Sums of responsibilities, of differences from the mean times them (components x columns), and of their squares. */
  readonly counts: Float64Array;
  readonly shifts: Float64Array;
  /** full: components x columns x columns, upper triangles; diag, spherical: components x columns; tied: nothing. */
  readonly squares: Float64Array;
}

/** Rows in the memory of compiled code (wasm/mixture.ts), less their means, and rounds of expectation over them. */
export class MixtureKernel {
  readonly offset: Float64Array;
  readonly #kernel: ParallelKernel<Exports>;
  readonly #at: ReturnType<typeof placesFor>;
  readonly #rows: number;
  readonly #columns: number;
  readonly #components: number;
  readonly #type: CovarianceType;

  private constructor(
    kernel: ParallelKernel<Exports>,
    at: ReturnType<typeof placesFor>,
    X: Matrix,
    components: number,
    type: CovarianceType,
    offset: Float64Array,
  ) {
    this.offset = offset;
    this.#kernel = kernel;
    this.#at = at;
    this.#rows = X.rows;
    this.#columns = X.columns;
    this.#components = components;
    this.#type = type;
    packRows(X, at.width, new Float64Array(kernel.buffer, at.x, X.rows * at.width), offset);
  }

  /** @throws MlError INVALID_INPUT where compiled code cannot run or hold the rows. To be closed. */
  static open(
    X: Matrix,
    components: number,
    type: CovarianceType,
    { threads }: FitContext,
    offset = columnMeans(X),
  ): MixtureKernel {
    const at = placesFor(X.rows, X.columns, components, type);
    const kernel = parallelKernel<Exports>(WASM_BASE64, at.bytes, threads);
    if (!kernel) throw new MlError('INVALID_INPUT', 'the rows do not fit into the memory of compiled code');
    return new MixtureKernel(kernel, at, X, components, type, offset);
  }

  /** Responsibilities of all rows by those factors, and sums over them. */
  round({ means, roots, constants }: MixtureFactors): MixtureSums {
    const { width, factor, sumsLength, blocks, blockRows, ...at } = this.#at;
    const { buffer } = this.#kernel;
    const [k, d] = [this.#components, this.#columns];
    packRows({ rows: k, columns: d, data: means }, width, new Float64Array(buffer, at.means, k * width));
    this.#packRoots(roots);
    new Float64Array(buffer, at.constants, k).set(constants);
    new Int32Array(buffer, at.task, 3).set([k, width, TYPES[this.#type]]);
    const addresses = [at.x, at.means, at.precisions, at.constants, 8 * at.scratchLength, 8 * sumsLength, at.kept];
    new Uint32Array(buffer, at.task + 12, 9).set([...addresses, at.scratch, at.sums]);
    const sums = new Float64Array(buffer, at.sums, blocks * sumsLength);
    sums.fill(0);
    this.#kernel.run(
      'round',
      Array.from({ length: blocks }, (_, block) => [
        at.task,
        block * blockRows,
        Math.min(this.#rows, (block + 1) * blockRows),
        block,
      ]),
    );
    const total = new Float64Array(sumsLength);
    for (let block = 0; block < blocks; block++)
      for (let place = 0; place < sumsLength; place++) total[place] += sums[block * sumsLength + place];
    return this.#unpack(total);
  }

  /** Of the last round: rows x components. */
  responsibilities(): Matrix {
    const [rows, columns] = [this.#rows, this.#components];
    return { rows, columns, data: new Float64Array(this.#kernel.buffer, this.#at.kept, rows * columns).slice() };
  }

  close(): void {
    this.#kernel.close();
  }

  #packRoots(roots: Float64Array): void {
    const { width, precisionLength, precisions } = this.#at;
    const d = this.#columns;
    const packed = new Float64Array(this.#kernel.buffer, precisions, precisionLength);
    const isTriangular = this.#type === 'full' || this.#type === 'tied';
    const each = isTriangular ? d * d : d;
    for (let from = 0, to = 0; from < roots.length; from += each, to += isTriangular ? width * width : width) {
      if (!isTriangular) packed.set(roots.subarray(from, from + d), to);
      else {
        for (let column = 0; column < d; column++) {
          const panel = to + Math.floor(column / 4) * width * 4 + (column % 4);
          for (let row = 0; row <= column; row++) packed[panel + 4 * row] = roots[from + row * d + column];
        }
      }
    }
  }

  #unpack(total: Float64Array): MixtureSums {
    const { width, factor } = this.#at;
    const [k, d] = [this.#components, this.#columns];
    const isFull = this.#type === 'full';
    const each = isFull ? d * d : factor === 0 ? 0 : d;
    const counts = new Float64Array(k);
    const shifts = new Float64Array(k * d);
    const squares = new Float64Array(k * each);
    for (let component = 0; component < k; component++) {
      const from = 1 + component * (1 + width + factor);
      counts[component] = total[from];
      shifts.set(total.subarray(from + 1, from + 1 + d), component * d);
      const own = total.subarray(from + 1 + width, from + 1 + width + factor);
      if (!isFull) squares.set(own.subarray(0, each), component * each);
      else
        for (let row = 0; row < d; row++)
          squares.set(own.subarray(row * width, row * width + d), (component * d + row) * d);
    }
    return { logLikelihood: total[0], counts, shifts, squares };
  }
}
