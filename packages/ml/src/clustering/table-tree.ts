import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel } from '../parallel-kernel.ts';
import { WASM_BASE64 } from './merge-chain.generated.ts';
import { type MergeTree, treeOfPairs } from './merge-tree.ts';
import { packTiles, TILE_ROWS, tilesFor } from './tiles.ts';

interface Exports {
  fillRow(...args: readonly number[]): void;
  nearestByTable(table: number, n: number, sizes: number, tip: number, preferred: number): number;
  mergeInTable(table: number, n: number, sizes: number, gone: number, kept: number, complete: number): void;
  tableDistance(table: number, n: number, a: number, b: number): number;
}

function placesFor(rows: number, columns: number) {
  const plan = new MemoryPlan();
  return {
    tiles: plan.place(8 * tilesFor(rows) * TILE_ROWS * columns),
    sizes: plan.place(8 * rows),
    table: plan.place(4 * rows * (rows - 1) + 64),
    bytes: plan.bytes,
  };
}

export const tableTreeBytes = (rows: number, columns: number): number => placesFor(rows, columns).bytes + rows * 60;

/**
 * The tree of complete or average linkage by chains of nearest neighbours over a table of all distances (Muellner 2011): 4 rows^2
 * bytes.
 * @param weights how many rows each row stands for.
 * @throws MlError INVALID_INPUT where compiled code cannot run or the table does not fit into its memory.
 */
export function tableTree(
  X: Matrix,
  linkage: 'complete' | 'average',
  context: FitContext,
  weights?: Float64Array,
): MergeTree {
  const { rows, columns } = X;
  const at = placesFor(rows, columns);
  const kernel = parallelKernel<Exports>(WASM_BASE64, at.bytes, context.threads);
  if (!kernel)
    throw new MlError('INVALID_INPUT', 'the table of distances does not fit into the memory of compiled code');
  try {
    const { buffer, exports } = kernel;
    packTiles(X, new Float64Array(columns), new Float64Array(buffer, at.tiles, tilesFor(rows) * TILE_ROWS * columns));
    const sizes = new Float64Array(buffer, at.sizes, rows).fill(1);
    if (weights) sizes.set(weights);
    const step = Math.max(16, Math.ceil(rows / 200));
    for (let from = 0; from < rows; from += 4 * step) {
      const calls = [];
      for (let first = from; first < Math.min(rows, from + 4 * step); first += step)
        calls.push([at.tiles, rows, columns, first, Math.min(rows, first + step), at.table]);
      kernel.run('fillRow', calls);
      context.progress?.((0.3 * from) / rows);
    }
    const a = new Int32Array(rows - 1);
    const b = new Int32Array(rows - 1);
    const heights = new Float64Array(rows - 1);
    const chain: number[] = [];
    let first = 0;
    for (let merges = 0; merges < rows - 1; ) {
      if (chain.length === 0) {
        while (sizes[first] === 0) first++;
        chain.push(first);
      }
      const tip = chain[chain.length - 1];
      const before = chain.at(-2) ?? -1;
      const next = exports.nearestByTable(at.table, rows, at.sizes, tip, before);
      if (next !== before) {
        chain.push(next);
        continue;
      }
      chain.length -= 2;
      a[merges] = tip;
      b[merges] = before;
      heights[merges] = exports.tableDistance(at.table, rows, tip, before);
      exports.mergeInTable(at.table, rows, at.sizes, tip, before, linkage === 'complete' ? 1 : 0);
      merges++;
      if (merges % 32 === 0) context.progress?.(0.3 + (0.7 * merges) / rows);
    }
    return treeOfPairs(a, b, heights);
  } finally {
    kernel.close();
  }
}
