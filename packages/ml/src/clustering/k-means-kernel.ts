import { MlError } from '../errors.ts';
import type { FitContext, Placed } from '../estimator.ts';
import { columnMeans } from '../linear-algebra/gram.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { type ParallelKernel, parallelKernel, ranges } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './k-means.generated.ts';
import { packTiles, TILE_ROWS } from './tiles.ts';

interface Exports {
  assign(...args: readonly number[]): void;
  regroup(
    tiles: number,
    rows: number,
    columns: number,
    labels: number,
    old: number,
    sums: number,
    counts: number,
  ): number;
  nearer(...args: readonly number[]): void;
  spread(...args: readonly number[]): void;
}

/** Tiles of one block of `nearer`: the sums of blocks are added in their order, whatever thread made them. */
const BLOCK_TILES = 128;

function placesFor(rows: number, columns: number, k: number, slots: number) {
  const plan = new MemoryPlan();
  const blocks = Math.ceil(rows / TILE_ROWS / BLOCK_TILES);
  const tileCount = blocks * BLOCK_TILES;
  const padded = tileCount * TILE_ROWS;
  const even = k + (k % 2);
  return {
    blocks,
    tileCount,
    even,
    tiles: plan.place(padded * columns * 8),
    centres: plan.place(even * (columns + 1) * 8),
    labels: plan.place(padded * 4),
    old: plan.place(padded * 4),
    sums: plan.place(k * columns * 8),
    counts: plan.place(k * 8),
    point: plan.place(columns * 8),
    blockSums: plan.place(blocks * 8),
    distances: Array.from({ length: slots }, () => plan.place(padded * 8)),
    bytes: plan.bytes,
  };
}

export const kMeansBytes = (rows: number, columns: number, k: number, slots: number): number =>
  placesFor(rows, columns, k, slots).bytes;

/** The rows in the memory of the compiled code, moved to have mean 0, and what k-means does with all of them. */
export class KMeansKernel {
  readonly rows: number;
  readonly columns: number;
  readonly k: number;
  /** What was taken off every row; centres here are without it. */
  readonly offset: Float64Array;
  /** Of each row, as `assign` left it; may be written. */
  readonly labels: Int32Array;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  readonly #kernel: ParallelKernel<Exports>;
  readonly #at: ReturnType<typeof placesFor>;
  readonly #old: Int32Array;
  readonly #tiles: Float64Array;
  readonly #centres: Float64Array;
  readonly #tileRanges: readonly (readonly [number, number])[];
  readonly #blockRanges: readonly (readonly [number, number])[];

  private constructor(
    X: Matrix,
    offset: Float64Array,
    k: number,
    kernel: ParallelKernel<Exports>,
    context: FitContext,
    at: ReturnType<typeof placesFor>,
  ) {
    this.rows = X.rows;
    this.columns = X.columns;
    this.k = k;
    this.offset = offset;
    this.#kernel = kernel;
    this.#at = at;
    this.#tiles = new Float64Array(kernel.buffer, at.tiles, at.tileCount * TILE_ROWS * X.columns);
    packTiles(X, offset, this.#tiles);
    this.labels = new Int32Array(kernel.buffer, at.labels, X.rows);
    this.#old = new Int32Array(kernel.buffer, at.old, X.rows);
    this.sums = new Float64Array(kernel.buffer, at.sums, k * X.columns);
    this.counts = new Float64Array(kernel.buffer, at.counts, k);
    this.#centres = new Float64Array(kernel.buffer, at.centres, at.even * (X.columns + 1));
    this.#tileRanges = ranges(Math.ceil(X.rows / TILE_ROWS), context.threads, 512);
    this.#blockRanges = ranges(at.blocks, context.threads, 4);
    this.#old.fill(-1);
  }

  /**
   * @param slots arrays of a number for each row that the caller needs.
   * @param offset taken off every row; the columns' means where none is given.
   * @returns undefined where compiled code cannot run or the rows do not fit into its memory.
   */
  static open(
    X: Matrix,
    k: number,
    slots: number,
    context: FitContext,
    offset = columnMeans(X),
  ): KMeansKernel | undefined {
    const at = placesFor(X.rows, X.columns, k, slots);
    const kernel = parallelKernel<Exports>(WASM_BASE64, at.bytes, context.threads);
    return kernel && new KMeansKernel(X, offset, k, kernel, context, at);
  }

  /** Puts every row to the nearest of the centres (k x columns, without the offset). */
  assign(centres: Float64Array): void {
    const { even, tiles, centres: place, labels } = this.#at;
    this.#centres.fill(0).set(centres);
    const norms = this.#centres.subarray(even * this.columns);
    norms.fill(Number.POSITIVE_INFINITY);
    for (let c = 0; c < this.k; c++) {
      norms[c] = 0;
      for (let at = c * this.columns; at < (c + 1) * this.columns; at++) norms[c] += centres[at] * centres[at];
    }
    this.#kernel.run(
      'assign',
      this.#tileRanges.map(([from, to]) => [tiles, from, to, this.columns, place, even, labels]),
    );
  }

  /** Brings `sums` and `counts` up to `labels`; returns how many rows changed theirs since. */
  regroup(): number {
    const { tiles, labels, old, sums, counts } = this.#at;
    return this.#kernel.exports.regroup(tiles, this.rows, this.columns, labels, old, sums, counts);
  }

  /** Forgets all labels, so that the next `regroup` sums anew. */
  forgetLabels(): void {
    this.#old.fill(-1);
    this.sums.fill(0);
    this.counts.fill(0);
  }

  row(row: number): Float64Array {
    const from = (row >> 3) * this.columns * TILE_ROWS + (row & 7);
    return Float64Array.from({ length: this.columns }, (_, c) => this.#tiles[from + c * TILE_ROWS]);
  }

  /** Squared distances kept in slot 0.. */
  distances(slot: number): Float64Array {
    return new Float64Array(this.#kernel.buffer, this.#at.distances[slot], this.rows);
  }

  /** Into slot `to`: the lesser of slot `closest` and the squared distance to that row. Returns their sum. */
  nearer(row: number, closest: number, to: number): number {
    const { tiles, point, distances, blockSums, blocks } = this.#at;
    const buffer = this.#kernel.buffer;
    new Float64Array(buffer, point, this.columns).set(this.row(row));
    this.#kernel.run(
      'nearer',
      this.#blockRanges.map(([first, last]) => [
        tiles,
        first,
        last,
        this.columns,
        point,
        distances[closest],
        distances[to],
        blockSums,
      ]),
    );
    return new Float64Array(buffer, blockSums, blocks).reduce((sum, part) => sum + part, 0);
  }

  /** Squared distances of all rows to the centres of their labels, in slot 0. */
  spread(centres: Float64Array): Float64Array {
    const { tiles, centres: place, labels, distances } = this.#at;
    this.#centres.set(centres);
    this.#kernel.run(
      'spread',
      this.#tileRanges.map(([from, to]) => [tiles, from, to, this.columns, place, labels, distances[0]]),
    );
    return this.distances(0);
  }

  close(): void {
    this.#kernel.close();
  }
}

/** The nearest of k centres (k x columns) for every row; ties to the first. */
export function nearestCentres(X: Matrix, centres: Float64Array, context: FitContext): Int32Array {
  const k = centres.length / X.columns;
  if (!Number.isInteger(k)) throw new MlError('SHAPE_MISMATCH', `rows of ${X.columns} columns, centres of others`);
  if (X.rows === 0) return new Int32Array(0);
  // The offset must not depend on the rows at hand: the same row is to get the same label in any company.
  const offset = centres.slice(0, X.columns);
  const kernel = KMeansKernel.open(X, k, 0, context, offset);
  if (!kernel) return scriptedNearest(X, centres);
  try {
    kernel.assign(centres.map((value, at) => value - offset[at % X.columns]));
    return kernel.labels.slice();
  } finally {
    kernel.close();
  }
}

/** To which centre each row belongs, and how far it is. */
export function placeByCentres(X: Matrix, centres: Float64Array, context: FitContext): Placed {
  const { columns, data } = X;
  const labels = nearestCentres(X, centres, context);
  const values = Float64Array.from(labels, (label, row) => {
    let square = 0;
    for (let c = 0; c < columns; c++) square += (data[row * columns + c] - centres[label * columns + c]) ** 2;
    return Math.sqrt(square);
  });
  return { labels, values };
}

function scriptedNearest({ rows, columns, data }: Matrix, centres: Float64Array): Int32Array {
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = Number.POSITIVE_INFINITY;
    for (let from = 0; from < centres.length; from += columns) {
      let distance = 0;
      for (let c = 0; c < columns; c++) distance += (data[row * columns + c] - centres[from + c]) ** 2;
      if (distance >= best) continue;
      best = distance;
      labels[row] = from / columns;
    }
  }
  return labels;
}
