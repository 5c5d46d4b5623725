import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import { columnMeans } from '../linear-algebra/gram.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { BLOCK_ROWS, blocksOf } from '../neighbors/row-blocks.ts';
import { type ParallelKernel, parallelKernel, ranges } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './within-radius.generated.ts';

type Exports = Record<'count' | 'link' | 'reach', (...args: readonly number[]) => void>;

const TILE = 16;
const HEAD_WORDS = 18;

function placesFor(rows: number, columns: number) {
  const plan = new MemoryPlan();
  const blocks = Math.ceil(rows / BLOCK_ROWS);
  const padded = blocks * BLOCK_ROWS;
  return {
    blocks,
    head: plan.place(8 * HEAD_WORDS),
    tiles: plan.place(4 * padded * columns),
    exact: plan.place(8 * padded * columns),
    centres: plan.place(8 * blocks * columns),
    radii: plan.place(8 * blocks),
    counts: plan.place(4 * padded),
    core: plan.place(padded),
    roots: plan.place(4 * padded),
    whole: plan.place(4 * blocks),
    ranks: plan.place(4 * padded),
    firsts: plan.place(4 * blocks),
    found: plan.place(4 * padded),
    bytes: plan.bytes,
  };
}

export const radiusKernelBytes = (rows: number, columns: number): number => placesFor(rows, columns).bytes;

/** Which rows are within a radius of which, for density-based clusters, without keeping the pairs. */
export class RadiusKernel {
  /** Row at each place; arrays by place below. */
  readonly order: Int32Array;
  readonly #kernel: ParallelKernel<Exports>;
  readonly #at: ReturnType<typeof placesFor>;
  readonly #rows: number;
  readonly #parts: readonly (readonly [number, number])[];
  readonly #progress: ((done: number) => void) | undefined;

  /** @throws MlError INVALID_INPUT where compiled code cannot run or the rows do not fit into its memory. */
  constructor(X: Matrix, radius: number, context: FitContext) {
    const at = placesFor(X.rows, X.columns);
    const kernel = parallelKernel<Exports>(WASM_BASE64, at.bytes, context.threads);
    if (!kernel) throw new MlError('INVALID_INPUT', 'the rows do not fit into the memory of compiled code');
    this.#kernel = kernel;
    this.#at = at;
    this.#rows = X.rows;
    this.#progress = context.progress;
    this.#parts = ranges(at.blocks, context.threads, 8);
    this.order = blocksOf(X).ids.filter((row) => row >= 0);
    const greatest = this.#pack(X);
    this.#describeBlocks(X.columns);
    // Two roundings of a value to f32 and one of their difference, in each column; and one of each term and sum.
    const step = 2 ** -24;
    const apart = 2 * greatest * step;
    const square = radius * radius;
    const slack =
      2 * (2 * apart * Math.sqrt(X.columns) * radius + X.columns * apart * apart + (X.columns + 4) * step * square);
    new Float64Array(kernel.buffer, at.head, HEAD_WORDS).set([
      at.tiles,
      at.exact,
      X.columns,
      at.blocks,
      X.rows,
      at.centres,
      at.radii,
      at.counts,
      at.core,
      at.roots,
      at.whole,
      at.ranks,
      at.firsts,
      at.found,
      radius,
      square,
      (square - slack) * (1 - step),
      (square + slack) * (1 + 2 * step),
    ]);
  }

  #array(place: number): Int32Array {
    return new Int32Array(this.#kernel.buffer, place, this.#rows);
  }

  /** How many rows are within the radius, itself included, as far as `least`: where there are more, some number that is no less. */
  counts(least: number): Int32Array {
    this.#inTurn('count', [0, 0.5], least);
    return this.#array(this.#at.counts);
  }

  /** For each place its set, named by a place, where `core` rows within the radius of each other are of one set. */
  linkCore(core: Uint8Array): Int32Array {
    const { buffer, run } = this.#kernel;
    const { head, blocks, roots, firsts } = this.#at;
    new Uint8Array(buffer, this.#at.core, this.#rows).set(core);
    const sets = this.#array(roots);
    for (let place = 0; place < sets.length; place++) sets[place] = place;
    const first = new Int32Array(buffer, firsts, blocks).fill(-1);
    for (let place = core.length - 1; place >= 0; place--)
      if (core[place]) first[Math.floor(place / BLOCK_ROWS)] = place;
    // Near blocks first: what they join need not be looked at again.
    run(
      'link',
      this.#parts.map(([from, to]) => [head, from, to, 4]),
    );
    // Later blocks have more before them.
    this.#inTurn('link', [0.5, 0.9], blocks);
    for (let place = 0; place < sets.length; place++) sets[place] = sets[sets[place]];
    return sets;
  }

  /** For each place that is not core the least rank of a core row within the radius; 2^31 - 1 where there is none. */
  leastRank(ranks: Int32Array): Int32Array {
    this.#array(this.#at.ranks).set(ranks);
    this.#inTurn('reach', [0.9, 1]);
    return this.#array(this.#at.found);
  }

  close(): void {
    this.#kernel.close();
  }

  #inTurn(name: keyof Exports, [from, to]: readonly [number, number], ...rest: readonly number[]): void {
    const { blocks, head } = this.#at;
    const step = 64;
    for (let first = 0; first < blocks; first += step) {
      const last = Math.min(blocks, first + step);
      const calls = [];
      for (let block = first; block < last; block += 4) calls.push([head, block, Math.min(last, block + 4), ...rest]);
      this.#kernel.run(name, calls);
      this.#progress?.(from + ((to - from) * last) / blocks);
    }
  }

  /** Returns the greatest size of a value. */
  #pack(X: Matrix): number {
    const { buffer } = this.#kernel;
    const { columns } = X;
    const padded = this.#at.blocks * BLOCK_ROWS;
    const tiles = new Float32Array(buffer, this.#at.tiles, padded * columns).fill(Number.NaN);
    const exact = new Float64Array(buffer, this.#at.exact, padded * columns);
    const means = columnMeans(X);
    let greatest = 0;
    this.order.forEach((row, place) => {
      const tile = Math.floor(place / TILE) * columns * TILE + (place % TILE);
      for (let c = 0; c < columns; c++) {
        // Squares are decided on the values as they are: what is taken off is taken off for f32 only.
        const value = X.data[row * columns + c];
        exact[place * columns + c] = value;
        tiles[tile + c * TILE] = value - means[c];
        greatest = Math.max(greatest, Math.abs(value - means[c]));
      }
    });
    return greatest;
  }

  #describeBlocks(columns: number): void {
    const { buffer } = this.#kernel;
    const exact = new Float64Array(buffer, this.#at.exact, this.#rows * columns);
    const centres = new Float64Array(buffer, this.#at.centres, this.#at.blocks * columns);
    const radii = new Float64Array(buffer, this.#at.radii, this.#at.blocks);
    for (let block = 0; block < this.#at.blocks; block++) {
      const centre = centres.subarray(block * columns, (block + 1) * columns);
      const own = exact.subarray(block * BLOCK_ROWS * columns, (block + 1) * BLOCK_ROWS * columns);
      const count = own.length / columns;
      own.forEach((value, at) => {
        centre[at % columns] += value / count;
      });
      let most = 0;
      for (let row = 0; row < count; row++) {
        let square = 0;
        for (let c = 0; c < columns; c++) square += (own[row * columns + c] - centre[c]) ** 2;
        most = Math.max(most, square);
      }
      radii[block] = Math.sqrt(most) * (1 + 1e-12);
    }
  }
}
