import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './spanning-tree.generated.ts';
import { packTiles, TILE_ROWS, tilesFor } from './tiles.ts';

interface Exports {
  step(head: number, from: number, to: number, out: number): void;
  take(head: number, position: number): number;
}

/** How far rows are from each other here. */
export interface Reach {
  /** Of each row: no distance from it is less. */
  readonly core: Float64Array;
  /** Whether the core of the row that is reached counts too, so that the distance is the same both ways. */
  readonly mutual: boolean;
  /** Rows farther apart do not reach each other. */
  readonly limit?: number;
  /** Distances are divided by it, not the cores. */
  readonly alpha?: number;
}

export interface Growth {
  /** Rows in the order in which the tree took them. */
  readonly order: Int32Array;
  /** By place in `order`: how far the row was from the nearest one in the tree; infinite where nothing reached it. */
  readonly reach: Float64Array;
  /** By place in `order`: that nearest row; -1 where there is none. */
  readonly near: Int32Array;
}

/** With fewer tiles left a step takes less time than to tell another thread of it. */
const LEAST_TILES_SHARED = 1024;
const HEAD_WORDS = 13;

function placesFor(rows: number, columns: number, parts: number) {
  const plan = new MemoryPlan();
  const padded = tilesFor(rows) * TILE_ROWS;
  return {
    head: plan.place(8 * HEAD_WORDS),
    current: plan.place(8 * columns),
    out: plan.place(16 * parts),
    tiles: plan.place(8 * padded * columns),
    reach: plan.place(8 * padded),
    core: plan.place(8 * padded),
    near: plan.place(4 * padded),
    ids: plan.place(4 * padded),
    positions: plan.place(4 * padded),
    bytes: plan.bytes,
  };
}

export const growthBytes = (rows: number, columns: number): number =>
  placesFor(rows, columns, 64).bytes + rows * (16 + 8 * 2);

/**
 * Takes row after row into a tree, from row 0 on: always the one nearest to it, of equally near ones the first row (Prim 1957). Every row
 * left is looked at in each step, so time is O(rows^2 columns) and memory O(rows columns), no table of distances.
 * @throws MlError INVALID_INPUT where compiled code cannot run or the rows do not fit into its memory.
 */
export function growTree(X: Matrix, { core, mutual, limit, alpha }: Reach, context: FitContext): Growth {
  const { rows, columns } = X;
  const parts = context.threads?.count ?? 1;
  const at = placesFor(rows, columns, parts);
  const kernel = parallelKernel<Exports>(WASM_BASE64, at.bytes, context.threads);
  if (!kernel) throw new MlError('INVALID_INPUT', 'the rows do not fit into the memory of compiled code');
  try {
    const { buffer, exports } = kernel;
    const tiles = new Float64Array(buffer, at.tiles, tilesFor(rows) * TILE_ROWS * columns).fill(
      Number.POSITIVE_INFINITY,
    );
    // As they are: distances that are equal must stay so.
    packTiles(X, new Float64Array(columns), tiles);
    const reaches = new Float64Array(buffer, at.reach, tilesFor(rows) * TILE_ROWS).fill(Number.POSITIVE_INFINITY);
    if (mutual) new Float64Array(buffer, at.core, rows).set(core);
    const nears = new Int32Array(buffer, at.near, rows).fill(-1);
    const ids = new Int32Array(buffer, at.ids, rows);
    const positions = new Int32Array(buffer, at.positions, rows);
    for (let row = 0; row < rows; row++) ids[row] = positions[row] = row;
    const head = new Float64Array(buffer, at.head, HEAD_WORDS);
    head.set([at.tiles, columns, rows, at.reach, at.near, at.core, at.ids, at.positions, at.current]);
    head[11] = limit ?? Number.POSITIVE_INFINITY;
    head[12] = 1 / (alpha ?? 1);
    const out = new Float64Array(buffer, at.out, 2 * parts);

    const nearest = (remaining: number): number => {
      const count = tilesFor(remaining);
      const shared = count >= LEAST_TILES_SHARED ? parts : 1;
      if (shared === 1) exports.step(at.head, 0, count, at.out);
      else {
        const calls = Array.from({ length: shared }, (_, part) => [
          at.head,
          Math.floor((count * part) / shared),
          Math.floor((count * (part + 1)) / shared),
          at.out + 16 * part,
        ]);
        kernel.run('step', calls);
      }
      let best = -1;
      for (let part = 0; part < shared; part++) {
        const position = out[2 * part + 1];
        if (position < 0) continue;
        if (best >= 0) {
          const difference = out[2 * part] - reaches[best];
          if (difference > 0 || (difference === 0 && ids[position] > ids[best])) continue;
        }
        best = position;
      }
      return best;
    };

    const taken = new Uint8Array(rows);
    const order = new Int32Array(rows);
    const reach = new Float64Array(rows);
    const near = new Int32Array(rows);
    let first = 0;
    let position = 0;
    for (let place = 0; place < rows; place++) {
      reach[place] = reaches[position];
      near[place] = nears[position];
      const row = exports.take(at.head, position);
      order[place] = row;
      taken[row] = 1;
      head[9] = core[row];
      if (place === rows - 1) break;
      position = nearest(rows - place - 1);
      if (position < 0) {
        while (taken[first]) first++;
        position = positions[first];
      }
      if (place % 64 === 0) context.progress?.(1 - ((rows - place) / rows) ** 2);
    }
    return { order, reach, near };
  } finally {
    kernel.close();
  }
}
