import { FIRST_ADDRESS } from '../wasm-module.ts';
import { createHazardKernel } from './compiled-hazard-kernel.ts';
import type { FirstPurchases } from './first-purchases.ts';
import type { HazardKernel, HazardKernelFactory } from './hazard-kernel.ts';
import { type Interactions, transpose } from './interactions.ts';
import { triangleRow } from './newton-step.ts';

/** Pairs whose hazards are held at a time: what fits a core's nearest cache. */
const TILE_USERS = 64;
const TILE_ITEMS = 128;
/** Rows whose sums grow together, so that the products of a tile of columns serve them all. A multiple of both tiles. */
const BLOCK = 256;
/**
 * Expected purchases of an item grow exponentially up to e^3 and in a straight line from there: one pair of an active user and
 * a popular item must not outweigh all others while vectors are still far off.
 */
const LARGEST_LOG_HAZARD = 3;

/** Users or items: how their vectors and purchases lie in memory. */
export interface Side {
  readonly count: number;
  readonly tile: number;
  /** First purchases with this side as rows. */
  readonly purchases: () => Interactions;
  readonly vectors: number;
  readonly vectorBytes: number;
  readonly factorBytes: number;
  /** From one of this side to the next in a tile of hazards. */
  readonly hazardBytes: number;
}

const rounded = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/**
 * Hazards of all pairs of users and items, tile by tile: exp(a_u + c_i + o_ui + x_u . y_i). Memory is that of the vectors and
 * offsets in float32, and a few tiles; no step ever holds all pairs.
 */
export class HazardGrid {
  readonly width: number;
  readonly users: Side;
  readonly items: Side;
  readonly #kernel: HazardKernel;
  readonly #numbers: Float32Array;
  readonly #sums: Float64Array;
  readonly #offsets: number;
  readonly #offsetRows: number;
  readonly #hazards: number;
  readonly #products: number;
  readonly #sumsAt: number;
  readonly #panels: number;

  /** @param createKernel another implementation of the inner loops; results are the same. */
  constructor(data: FirstPurchases, factors: number, createKernel: HazardKernelFactory = createHazardKernel) {
    const { interactions, group, offsets } = data;
    const { rows, items } = interactions;
    const groups = items > 0 ? offsets.length / items : 0;
    let end = FIRST_ADDRESS;
    const reserve = (bytes: number): number => {
      const at = end;
      end += rounded(bytes, 16);
      return at;
    };
    this.width = factors + 1;
    this.#panels = Math.ceil(triangleRow(this.width) / 8);
    const itemBytes = 4 * rounded(items, 8);
    const userVectors = reserve(4 * this.width * rounded(rows, 4));
    const itemVectors = reserve(this.width * itemBytes);
    const offsetsAt = reserve(groups * itemBytes);
    this.#offsetRows = reserve(4 * rounded(rows, 4));
    this.#hazards = reserve(4 * TILE_USERS * TILE_ITEMS);
    this.#products = reserve(32 * TILE_ITEMS * this.#panels);
    this.#sumsAt = reserve(64 * BLOCK * this.#panels);
    this.#kernel = createKernel(end);
    const { buffer } = this.#kernel;
    this.#numbers = new Float32Array(buffer);
    this.#sums = new Float64Array(buffer, this.#sumsAt, 8 * BLOCK * this.#panels);
    this.#offsets = offsetsAt;
    const offsetRows = new Uint32Array(buffer, this.#offsetRows, rounded(rows, 4)).fill(offsetsAt);
    for (let u = 0; u < rows; u++) offsetRows[u] = offsetsAt + group[u] * itemBytes;
    let byItem: Interactions | undefined;
    this.users = {
      count: rows,
      tile: TILE_USERS,
      purchases: () => interactions,
      vectors: userVectors,
      vectorBytes: 4 * this.width,
      factorBytes: 4,
      hazardBytes: 4 * TILE_ITEMS,
    };
    this.items = {
      count: items,
      tile: TILE_ITEMS,
      purchases: () => {
        byItem ??= transpose(interactions);
        return byItem;
      },
      vectors: itemVectors,
      vectorBytes: 4,
      factorBytes: itemBytes,
      hazardBytes: 4,
    };
    this.writeOffsets(offsets);
  }

  /** Takes over the log offsets, groups x items as they were at first. */
  writeOffsets(offsets: Float32Array): void {
    const { count, factorBytes } = this.items;
    for (let from = 0, to = this.#offsets; from < offsets.length; from += count, to += factorBytes) {
      this.#numbers.set(offsets.subarray(from, from + count), to >>> 2);
    }
  }

  /** Takes over the vectors of a side: count x width, or one shorter and then with the last numbers in `last`. */
  write(side: Side, values: Float64Array, last?: Float64Array): void {
    const width = last ? this.width - 1 : this.width;
    for (let one = 0; one < side.count; one++) {
      const at = (side.vectors + one * side.vectorBytes) >>> 2;
      for (let k = 0; k < width; k++) {
        this.#numbers[at + k * (side.factorBytes >>> 2)] = values[one * width + k];
      }
      if (last) this.#numbers[at + width * (side.factorBytes >>> 2)] = last[one];
    }
  }

  /**
   * For each of `rows`: the sums over all of `columns` of hazard * exposure * (1, v)(1, v)', v being the column's vector; the
   * exposure is 1 where there is no purchase. `visit` gets the row and where its lower triangle begins in `sums`; it may
   * change the sums and this row's own vector.
   */
  secondMoments(rows: Side, columns: Side, visit: (row: number, sums: Float64Array, at: number) => void): void {
    const kernel = this.#kernel;
    const rowSums = 8 * this.#panels;
    const purchases = rows.purchases();
    const next = purchases.offsets.slice(0, rows.count);
    for (let block = 0; block < rows.count; block += BLOCK) {
      const blockEnd = Math.min(block + BLOCK, rows.count);
      this.#sums.fill(0);
      for (let column = 0; column < columns.count; column += columns.tile) {
        const count = Math.min(columns.tile, columns.count - column);
        const { vectorBytes, factorBytes } = columns;
        const vectors = columns.vectors + column * vectorBytes;
        kernel.products(vectors, vectorBytes, factorBytes, count, this.width, this.#products, 32 * TILE_ITEMS);
        for (let row = block; row < blockEnd; row += rows.tile) {
          const end = Math.min(row + rows.tile, blockEnd);
          if (rows === this.users) this.#fillHazards(row, end - row, column, count);
          else this.#fillHazards(column, count, row, end - row);
          this.#expose(rows, purchases, next, row, end, columns, column, column + count);
          kernel.accumulate(
            this.#hazards,
            rows.hazardBytes,
            columns.hazardBytes,
            end - row,
            count,
            this.#products,
            32 * TILE_ITEMS,
            this.#panels,
            this.#sumsAt + 8 * rowSums * (row - block),
          );
        }
      }
      for (let row = block; row < blockEnd; row++) visit(row, this.#sums, (row - block) * rowSums);
    }
  }

  /** The sum of every user's hazards over all items. */
  userTotals(): Float64Array {
    const totals = new Float64Array(this.users.count);
    const hazards = new Float32Array(this.#kernel.buffer, this.#hazards, TILE_USERS * TILE_ITEMS);
    for (let user = 0; user < totals.length; user += TILE_USERS) {
      const users = Math.min(TILE_USERS, totals.length - user);
      for (let item = 0; item < this.items.count; item += TILE_ITEMS) {
        const items = Math.min(TILE_ITEMS, this.items.count - item);
        this.#fillHazards(user, users, item, items);
        for (let u = 0; u < users; u++) {
          let sum = 0;
          for (let i = u * TILE_ITEMS; i < u * TILE_ITEMS + items; i++) sum += hazards[i];
          totals[user + u] += sum;
        }
      }
    }
    return totals;
  }

  /** Purchases to expect of each item by the users of each group, groups x items: hazard * exposure, as `secondMoments` has it. */
  groupTotals(group: Uint16Array, groups: number): Float64Array {
    const { count } = this.items;
    const totals = new Float64Array(groups * count);
    const purchases = this.users.purchases();
    const next = purchases.offsets.slice(0, this.users.count);
    const hazards = new Float32Array(this.#kernel.buffer, this.#hazards, TILE_USERS * TILE_ITEMS);
    for (let user = 0; user < this.users.count; user += TILE_USERS) {
      const end = Math.min(user + TILE_USERS, this.users.count);
      for (let item = 0; item < count; item += TILE_ITEMS) {
        const items = Math.min(TILE_ITEMS, count - item);
        this.#fillHazards(user, end - user, item, items);
        this.#expose(this.users, purchases, next, user, end, this.items, item, item + items);
        for (let u = user; u < end; u++) {
          const from = (u - user) * TILE_ITEMS;
          const to = group[u] * count + item;
          for (let i = 0; i < items; i++) totals[to + i] += hazards[from + i];
        }
      }
    }
    return totals;
  }

  #fillHazards(user: number, userCount: number, item: number, itemCount: number): void {
    this.#kernel.hazards(
      this.users.vectors + user * this.users.vectorBytes,
      this.width,
      this.#offsetRows + 4 * user,
      this.items.vectors,
      this.items.factorBytes,
      4 * item,
      userCount,
      itemCount,
      LARGEST_LOG_HAZARD,
      this.#hazards,
      4 * TILE_ITEMS,
    );
  }

  /** Those who bought were exposed to the item until then only. */
  #expose(
    rows: Side,
    { offsets, item, weight }: Interactions,
    next: Int32Array,
    from: number,
    to: number,
    columns: Side,
    column: number,
    columnEnd: number,
  ): void {
    const numbers = this.#numbers;
    for (let row = from; row < to; row++) {
      const base = this.#hazards + (row - from) * rows.hazardBytes;
      let at = next[row];
      for (; at < offsets[row + 1] && item[at] < columnEnd; at++) {
        numbers[(base + (item[at] - column) * columns.hazardBytes) >>> 2] *= weight[at];
      }
      next[row] = at;
    }
  }
}
