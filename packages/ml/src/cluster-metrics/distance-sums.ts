import { packTiles, TILE_ROWS, tilesFor } from '../clustering/tiles.ts';
import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import type { Matrix } from '../matrix.ts';
import { MemoryPlan } from '../memory-plan.ts';
import { parallelKernel } from '../parallel-kernel.ts';
import { Random } from '../random.ts';
import { WASM_BASE64 } from './distance-sums.generated.ts';
import { groupRows } from './grouped-rows.ts';

type Exports = Record<'silhouettes' | 'extremes', (...args: readonly number[]) => void>;

/** Rows asked together: of the compiled code. */
const GROUP = 32;
/** Rows of one call. */
const CALL_ROWS = 256;
const HEAD_WORDS = 8;

function placesFor(places: number, columns: number, clusters: number, asked: number, scratches: number) {
  const plan = new MemoryPlan();
  const scratchBytes = 8 * GROUP * (columns + clusters);
  return {
    head: plan.place(8 * HEAD_WORDS),
    tiles: plan.place(8 * places * columns),
    starts: plan.place(4 * (clusters + 1)),
    sizes: plan.place(8 * clusters),
    asked: plan.place(4 * asked),
    own: plan.place(4 * asked),
    out: plan.place(8 * asked),
    results: plan.place(16 * scratches),
    scratches: Array.from({ length: scratches }, () => plan.place(scratchBytes)),
    bytes: plan.bytes,
  };
}

export const distanceSumsBytes = (rows: number, columns: number): number =>
  // The clusters are not known before; with many of them each adds a tile that is not full.
  8 * rows * columns * 1.25 + rows * 32 + 16_000_000;

/** Rows to ask, ascending: all, or a sample of them. */
export function askedRows(labels: Int32Array, most: number, seed: number): Int32Array {
  const rows = Int32Array.from(labels.keys()).filter((row) => labels[row] >= 0);
  return rows.length <= most ? rows : new Random(seed).shuffle(rows).slice(0, most).sort();
}

/** What the compiled code finds for the asked rows against all rows; closed when `use` has ended. */
function withSums<Result>(
  X: Matrix,
  labels: Int32Array,
  asked: Int32Array,
  context: FitContext,
  use: (inTurn: (name: keyof Exports, done: (part: Float64Array) => void) => void, out: Float64Array) => Result,
): Result {
  const { clusters, sizes } = groupRows(X, labels);
  const starts = new Int32Array(clusters + 1);
  for (let c = 0; c < clusters; c++) starts[c + 1] = starts[c] + tilesFor(sizes[c]);
  const order = new Int32Array(starts[clusters] * TILE_ROWS).fill(-1);
  const placeOf = new Int32Array(X.rows);
  const next = starts.map((tile) => tile * TILE_ROWS);
  labels.forEach((label, row) => {
    if (label < 0) return;
    placeOf[row] = next[label];
    order[next[label]++] = row;
  });
  const scratches = Math.max(1, context.threads?.count ?? 1) * 2;
  const at = placesFor(order.length, X.columns, clusters, asked.length, scratches);
  const kernel = parallelKernel<Exports>(WASM_BASE64, at.bytes, context.threads);
  if (!kernel) throw new MlError('INVALID_INPUT', 'the rows do not fit into the memory of compiled code');
  try {
    const { buffer } = kernel;
    const offset = new Float64Array(X.columns);
    packTiles(X, offset, new Float64Array(buffer, at.tiles, order.length * X.columns), order, Number.POSITIVE_INFINITY);
    new Int32Array(buffer, at.starts, clusters + 1).set(starts);
    new Float64Array(buffer, at.sizes, clusters).set(sizes);
    new Int32Array(buffer, at.asked, asked.length).set(asked.map((row) => placeOf[row]));
    new Int32Array(buffer, at.own, asked.length).set(asked.map((row) => labels[row]));
    new Float64Array(buffer, at.head, HEAD_WORDS).set([
      at.tiles,
      X.columns,
      clusters,
      at.starts,
      at.sizes,
      at.asked,
      at.own,
      at.out,
    ]);
    const inTurn = (name: keyof Exports, done: (part: Float64Array) => void): void => {
      for (let from = 0; from < asked.length; from += CALL_ROWS * scratches) {
        const calls = [];
        for (let first = from; first < asked.length && calls.length < scratches; first += CALL_ROWS) {
          const last = Math.min(asked.length, first + CALL_ROWS);
          calls.push([at.head, first, last, at.scratches[calls.length], at.results + 16 * calls.length]);
        }
        kernel.run(name, calls);
        calls.forEach((_, call) => {
          done(new Float64Array(buffer, at.results + 16 * call, 2));
        });
        context.progress?.(Math.min(1, (from + CALL_ROWS * scratches) / asked.length));
      }
    };
    return use(inTurn, new Float64Array(buffer, at.out, asked.length));
  } finally {
    kernel.close();
  }
}

/** Of each asked row (Rousseeuw 1987), against all rows that are not noise. */
export const silhouettesOf = (X: Matrix, labels: Int32Array, asked: Int32Array, context: FitContext): Float64Array =>
  withSums(X, labels, asked, context, (inTurn, out) => {
    inTurn('silhouettes', () => undefined);
    return out.slice();
  });

/** Least distance of an asked row to one of another cluster, and greatest to one of its own. */
export const extremesOf = (X: Matrix, labels: Int32Array, asked: Int32Array, context: FitContext) =>
  withSums(X, labels, asked, context, (inTurn) => {
    let between = Number.POSITIVE_INFINITY;
    let within = 0;
    inTurn('extremes', ([least, greatest]) => {
      between = Math.min(between, least);
      within = Math.max(within, greatest);
    });
    return { between: Math.sqrt(between), within: Math.sqrt(within) };
  });
