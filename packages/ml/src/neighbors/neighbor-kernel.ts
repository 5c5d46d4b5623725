import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel } from '../parallel-kernel.ts';
import type { Neighbors } from './nearest-neighbors.ts';
import { WASM_BASE64 } from './neighbors.generated.ts';
import { BLOCK_ROWS, blocksOf, mostBlocks, mostPlaces, type RowBlocks } from './row-blocks.ts';

interface Exports {
  search(job: number, from: number, to: number, scratch: number): void;
}

/** Rows kept beyond those wanted, so that rounding seldom makes a search in f64 needed. */
const spare = (k: number): number => 6 + (k >> 2);

/** Below this many pairs starting threads costs more than it saves. */
const LEAST_PAIRS = 4e6;
/** Distances between two calls of `progress`, about: a fifth of a second. */
const PAIR_COLUMNS_PER_STEP = 1e9;

const scratchBytes = (kept: number, k: number, blocks: number): number =>
  64 + BLOCK_ROWS * (kept * 8 + 16) + 128 + blocks * 8 + 2 * k * 16 + 64;

const CALLS_AT_ONCE = 16;

export function searchBytes(rows: number, columns: number, k: number, queries: number): number {
  const packed = (count: number) =>
    columns * count * 8 + mostPlaces(count) * (8 + 4 * columns) + mostBlocks(count) * (4 + 8 * columns);
  const scratch = CALLS_AT_ONCE * scratchBytes(k + spare(k), k, mostBlocks(rows));
  return packed(rows) + packed(queries) + queries * k * 12 + scratch + 65536;
}

export function neighborKernel(X: Matrix, queries: Matrix, k: number, skipSelf: boolean, context: FitContext) {
  const { columns } = X;
  const same = queries === X;
  const blocks = blocksOf(X);
  const queryBlocks = same ? blocks : blocksOf(queries);
  const count = blocks.starts.length - 1;
  const queryCount = queryBlocks.starts.length - 1;
  const kept = Math.min(k + spare(k), skipSelf ? X.rows - 1 : X.rows);
  const plan = new MemoryPlan();
  const job = plan.place(128);
  const rows = plan.place(8 * X.data.length);
  const queryRows = same ? rows : plan.place(8 * queries.data.length);
  const placed = (of: RowBlocks) => ({
    ids: plan.place(4 * of.ids.length),
    starts: plan.place(4 * of.starts.length),
    boxes: plan.place(8 * columns * (of.starts.length - 1)),
  });
  const at = placed(blocks);
  const atQuery = same ? at : placed(queryBlocks);
  const panels = plan.place(4 * columns * blocks.ids.length);
  const norms = plan.place(4 * blocks.ids.length);
  const packedQueries = plan.place(4 * columns * queryBlocks.ids.length);
  const indices = plan.place(4 * queries.rows * k);
  const distances = plan.place(8 * queries.rows * k);
  const scratch = Array.from({ length: CALLS_AT_ONCE }, () => plan.place(scratchBytes(kept, k, count)));
  const threads = X.rows * queries.rows > LEAST_PAIRS ? context.threads : undefined;
  const kernel = parallelKernel<Exports>(WASM_BASE64, plan.bytes, threads);
  if (!kernel) return undefined;
  const { buffer } = kernel;
  const { middle, scale } = scaling(X);
  new Float64Array(buffer, rows, X.data.length).set(X.data);
  if (!same) new Float64Array(buffer, queryRows, queries.data.length).set(queries.data);
  packRows(X, blocks, middle, scale, {
    panels: new Float32Array(buffer, panels, columns * blocks.ids.length),
    norms: new Float32Array(buffer, norms, blocks.ids.length),
  });
  packQueries(
    queries,
    queryBlocks,
    middle,
    scale,
    new Float32Array(buffer, packedQueries, columns * queryBlocks.ids.length),
  );
  const place = (X: Matrix, of: RowBlocks, to: typeof at) => {
    new Int32Array(buffer, to.ids, of.ids.length).set(of.ids);
    new Int32Array(buffer, to.starts, of.starts.length).set(of.starts);
    packBoxes(X, of, middle, scale, new Float32Array(buffer, to.boxes, 2 * columns * (of.starts.length - 1)));
  };
  place(X, blocks, at);
  if (!same) place(queries, queryBlocks, atQuery);
  const query = [packedQueries, atQuery.ids, atQuery.boxes, atQuery.starts, queryRows];
  new Int32Array(buffer, job, 21).set([
    columns,
    k,
    kept,
    count,
    panels,
    norms,
    at.ids,
    at.boxes,
    at.starts,
    rows,
    ...query,
    indices,
    distances,
    skipSelf ? 1 : 0,
    0,
    0,
    BLOCK_ROWS,
  ]);
  new Float64Array(buffer, job + 72, 1)[0] = scale;

  return {
    /** Calls `progress` between parts. */
    search(): Neighbors & { readonly searchedAgain: number } {
      const perBlock = BLOCK_ROWS * X.rows * columns;
      const size = Math.max(
        1,
        Math.min(Math.ceil(queryCount / CALLS_AT_ONCE), Math.floor(PAIR_COLUMNS_PER_STEP / perBlock / 4)),
      );
      let searchedAgain = 0;
      for (let from = 0; from < queryCount; ) {
        const calls: number[][] = [];
        for (; from < queryCount && calls.length < CALLS_AT_ONCE; from += size)
          calls.push([job, from, Math.min(queryCount, from + size), scratch[calls.length]]);
        kernel.run('search', calls);
        for (const call of calls) searchedAgain += new Int32Array(buffer, call[3], 1)[0];
        context.progress?.(Math.min(1, from / queryCount));
      }
      return {
        k,
        indices: new Int32Array(buffer, indices, queries.rows * k).slice(),
        distances: new Float64Array(buffer, distances, queries.rows * k).slice(),
        searchedAgain,
      };
    },
    close: () => kernel.close(),
  };
}

/** Columns' means, and the power of two that brings what is left into -1..1: f32 then neither overflows nor cancels needlessly. */
function scaling({ data, rows, columns }: Matrix): { middle: Float64Array; scale: number } {
  const middle = new Float64Array(columns);
  for (let at = 0, c = 0; at < data.length; at++) {
    middle[c] += data[at] / rows;
    if (++c === columns) c = 0;
  }
  let most = 0;
  for (let at = 0, c = 0; at < data.length; at++) {
    most = Math.max(most, Math.abs(data[at] - middle[c]));
    if (++c === columns) c = 0;
  }
  return { middle, scale: most > 0 && Number.isFinite(most) ? 2 ** -Math.ceil(Math.log2(most)) : 1 };
}

/** Eight rows side by side: column c of places p..p+7 stands at (p * columns + 8 * c). */
function packRows(
  { data, columns }: Matrix,
  { ids }: RowBlocks,
  middle: Float64Array,
  scale: number,
  { panels, norms }: { readonly panels: Float32Array; readonly norms: Float32Array },
): void {
  ids.forEach((id, place) => {
    norms[place] = 3.4e38;
    if (id < 0) return;
    const to = (place & ~7) * columns + (place & 7);
    let square = 0;
    for (let c = 0; c < columns; c++) {
      const value = Math.fround((data[id * columns + c] - middle[c]) * scale);
      panels[to + 8 * c] = value;
      square += value * value;
    }
    norms[place] = square;
  });
}

/** Times -2, as the scores take them. */
function packQueries(
  { data, columns }: Matrix,
  { ids }: RowBlocks,
  middle: Float64Array,
  scale: number,
  to: Float32Array,
): void {
  ids.forEach((id, place) => {
    if (id < 0) return;
    for (let c = 0; c < columns; c++)
      to[place * columns + c] = -2 * Math.fround((data[id * columns + c] - middle[c]) * scale);
  });
}

/** Least and then greatest values of each block's rows. */
function packBoxes(
  { data, columns }: Matrix,
  { ids, starts }: RowBlocks,
  middle: Float64Array,
  scale: number,
  boxes: Float32Array,
): void {
  for (let block = 0; block + 1 < starts.length; block++) {
    const low = boxes.subarray(2 * block * columns, (2 * block + 1) * columns).fill(Number.POSITIVE_INFINITY);
    const high = boxes.subarray((2 * block + 1) * columns, (2 * block + 2) * columns).fill(Number.NEGATIVE_INFINITY);
    for (const id of ids.subarray(starts[block], starts[block + 1])) {
      if (id < 0) continue;
      for (let c = 0; c < columns; c++) {
        const value = Math.fround((data[id * columns + c] - middle[c]) * scale);
        low[c] = Math.min(low[c], value);
        high[c] = Math.max(high[c], value);
      }
    }
  }
}
