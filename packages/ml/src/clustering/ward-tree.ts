import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import { columnMeans } from '../linear-algebra/gram.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './merge-chain.generated.ts';
import { type MergeTree, treeOfPairs } from './merge-tree.ts';
import { packTiles, TILE_ROWS, tilesFor } from './tiles.ts';

interface Exports {
  nearest(...args: readonly number[]): void;
}

const LEAST_TILES_SHARED = 1024;

function placesFor(rows: number, columns: number, parts: number) {
  const plan = new MemoryPlan();
  const padded = tilesFor(rows) * TILE_ROWS;
  return {
    point: plan.place(8 * (columns + 1)),
    out: plan.place(16 * parts),
    tiles: plan.place(8 * padded * columns),
    sizes: plan.place(8 * padded),
    bytes: plan.bytes,
  };
}

export const wardBytes = (rows: number, columns: number): number => placesFor(rows, columns, 64).bytes + rows * 80;

/**
 * Ward's tree by chains of nearest neighbours over the centroids (Murtagh 1983; Muellner 2011): whoever are nearest to each other are
 * merged. Exact, O(rows columns) memory, O(rows^2 columns) time. Heights as scikit-learn's: the root of twice the growth of
 * the sum of squares.
 * @throws MlError INVALID_INPUT where compiled code cannot run or the rows do not fit into its memory.
 */
export function wardTree(X: Matrix, context: FitContext): MergeTree {
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
    packTiles(X, columnMeans(X), tiles);
    const sizes = new Float64Array(buffer, at.sizes, tilesFor(rows) * TILE_ROWS).fill(1);
    const point = new Float64Array(buffer, at.point, columns + 1);
    const out = new Float64Array(buffer, at.out, 2 * parts);
    // A cluster is called by one of its rows.
    const nameAt = Int32Array.from({ length: rows }, (_, row) => row);
    const placeOf = nameAt.slice();
    const cell = (place: number, c: number) => (place >> 3) * columns * TILE_ROWS + c * TILE_ROWS + (place & 7);
    let remaining = rows;

    const nearestTo = (place: number): { growth: number; place: number } => {
      for (let c = 0; c < columns; c++) point[c] = tiles[cell(place, c)];
      point[columns] = sizes[place];
      const count = tilesFor(remaining);
      const shared = count >= LEAST_TILES_SHARED ? parts : 1;
      const call = (part: number) => [
        at.tiles,
        Math.floor((count * part) / shared),
        Math.floor((count * (part + 1)) / shared),
        columns,
        at.sizes,
        at.point,
        place,
        at.out + 16 * part,
      ];
      if (shared === 1) exports.nearest(...call(0));
      else
        kernel.run(
          'nearest',
          Array.from({ length: shared }, (_, part) => call(part)),
        );
      let best = 0;
      for (let part = 1; part < shared; part++) if (out[2 * part] < out[2 * best]) best = part;
      return { growth: out[2 * best], place: out[2 * best + 1] };
    };

    const merge = (kept: number, gone: number): void => {
      const s = sizes[kept];
      const t = sizes[gone];
      const last = remaining - 1;
      for (let c = 0; c < columns; c++) {
        tiles[cell(kept, c)] = (s * tiles[cell(kept, c)] + t * tiles[cell(gone, c)]) / (s + t);
        tiles[cell(gone, c)] = tiles[cell(last, c)];
        tiles[cell(last, c)] = Number.POSITIVE_INFINITY;
      }
      sizes[kept] = s + t;
      sizes[gone] = sizes[last];
      nameAt[gone] = nameAt[last];
      placeOf[nameAt[gone]] = gone;
      remaining--;
    };

    const a = new Int32Array(rows - 1);
    const b = new Int32Array(rows - 1);
    const heights = new Float64Array(rows - 1);
    const chain: number[] = [];
    const growths: number[] = [];
    for (let merges = 0; merges < rows - 1; ) {
      const tip = chain.at(-1) ?? nameAt[0];
      if (chain.length === 0) chain.push(tip);
      const next = nearestTo(placeOf[tip]);
      const before = growths.at(-1);
      if (before === undefined || next.growth < before) {
        chain.push(nameAt[next.place]);
        growths.push(next.growth);
        continue;
      }
      chain.pop();
      const other = chain.pop() ?? tip;
      growths.pop();
      growths.pop();
      a[merges] = tip;
      b[merges] = other;
      heights[merges] = Math.sqrt(2 * before);
      merges++;
      // The lower place is kept, so that the last one never is.
      const [kept, gone] = [placeOf[tip], placeOf[other]].sort((x, y) => x - y);
      const keptName = nameAt[kept];
      merge(kept, gone);
      nameAt[kept] = keptName;
      if (merges % 64 === 0) context.progress?.(1 - ((rows - merges) / rows) ** 2);
    }
    return treeOfPairs(a, b, heights);
  } finally {
    kernel.close();
  }
}
