import { FIRST_ADDRESS, instantiate } from '../wasm-module.ts';
import { WASM_BASE64 } from './forest.generated.ts';
import type { GradientBoostingModel } from './model.ts';

/**
 * A model laid out for compiled code that scores 64 rows at a time, sixteen per instruction.
 *
 * Values become bins first: the number of the model's thresholds below them, so that every question is "is this byte above that
 * one". A tree is then answered from its last node to its first: a node's result is its right child's where the row goes
 * right, else its left child's, and a leaf's result is its number. All nodes are asked, but without a single jump; that is some
 * twenty times as fast as walking from the root row by row. Sums are added in the order of the trees: the scores are
 * predictRows' to the bit.
 */
export interface CompiledForest {
  /** Adds the scores of all trees; `out` holds what to add to. */
  addScores(rowMajor: Float32Array, rows: number, out: Float64Array): void;
}

interface Exports {
  binRows(rows: number, rowBytes: number, table: number, features: number, count: number): void;
  addTrees(trees: number, from: number, to: number, results: number, count: number, scores: number): void;
}

const BLOCK = 64;
/** Bins are bytes, one of them for missing values; so are numbers of leaves. */
const MOST_THRESHOLDS = 254;
const MOST_LEAVES = 256;

/** @returns undefined where compiled code does not run or the model is too large for bytes; walk the trees then. */
export function compileForest(model: GradientBoostingModel): CompiledForest | undefined {
  const width = model.names.length;
  const trees = model.nodeOffsets.length - 1;
  const thresholds = thresholdsByFeature(model);
  if (thresholds.some((list) => list.length > MOST_THRESHOLDS)) return undefined;
  for (let tree = 0; tree < trees; tree++) {
    if (model.leafOffsets[tree + 1] - model.leafOffsets[tree] > MOST_LEAVES) return undefined;
  }
  const places = layOut(model, thresholds);
  const instance = instantiate<Exports>(WASM_BASE64, places.end);
  if (!instance) return undefined;
  const { exports, buffer } = instance;
  const used = writeFeatures(buffer, places, thresholds);
  writeTrees(buffer, places, model, thresholds);
  const block = new Float32Array(buffer, places.rows, BLOCK * width);
  const scores = new Float64Array(buffer, places.scores, BLOCK);
  return {
    addScores(rowMajor, rows, out) {
      for (let start = 0; start < rows; start += BLOCK) {
        const count = Math.min(BLOCK, rows - start);
        block.set(rowMajor.subarray(start * width, (start + count) * width));
        scores.set(out.subarray(start, start + count));
        // Rows beyond the last are left from the block before; nobody reads their scores.
        exports.binRows(places.rows, 4 * width, places.features, used, BLOCK);
        exports.addTrees(places.trees, 0, trees, places.results, count, places.scores);
        out.set(scores.subarray(0, count), start);
      }
    },
  };
}

interface Places {
  readonly rows: number;
  readonly scores: number;
  readonly features: number;
  readonly columns: number;
  readonly bounds: Int32Array;
  readonly trees: number;
  readonly tree: Int32Array;
  /** Numbers of leaves, each over a whole block, then the results of nodes. */
  readonly leaves: number;
  readonly results: number;
  readonly end: number;
}

/** Sorted distinct thresholds of each feature; none where no tree asks for it. */
function thresholdsByFeature({ names, feature, threshold }: GradientBoostingModel): Float32Array[] {
  const sets = names.map(() => new Set<number>());
  feature.forEach((asked, node) => {
    sets[asked].add(threshold[node]);
  });
  return sets.map((set) => Float32Array.from(set).sort());
}

/** Bounds are filled up to one less than a power of two, which the search halves. */
const roomFor = (count: number): number => 2 ** Math.ceil(Math.log2(count + 1));

function layOut(model: GradientBoostingModel, thresholds: readonly Float32Array[]): Places {
  const width = model.names.length;
  const trees = model.nodeOffsets.length - 1;
  let end = FIRST_ADDRESS;
  const reserve = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const rows = reserve(4 * BLOCK * width);
  const scores = reserve(8 * BLOCK);
  const features = reserve(16 * width);
  const columns = reserve(2 * BLOCK * width);
  const bounds = Int32Array.from(thresholds, (list) => reserve(4 * roomFor(list.length)));
  const pointers = reserve(4 * trees);
  const tree = Int32Array.from({ length: trees }, (_, at) => {
    const nodes = model.nodeOffsets[at + 1] - model.nodeOffsets[at];
    return reserve(8 + 16 * nodes + 8 * (nodes + 1));
  });
  const leaves = reserve(MOST_LEAVES * BLOCK);
  const results = reserve(MOST_LEAVES * BLOCK);
  return { rows, scores, features, columns, bounds, trees: pointers, tree, leaves, results, end };
}

const columnOf = (places: Places, feature: number, missingLeft: boolean): number =>
  places.columns + 2 * BLOCK * feature + (missingLeft ? BLOCK : 0);

/** @returns how many features the trees ask for. */
function writeFeatures(buffer: ArrayBuffer, places: Places, thresholds: readonly Float32Array[]): number {
  const view = new DataView(buffer);
  let used = 0;
  thresholds.forEach((list, feature) => {
    if (list.length === 0) return;
    const room = roomFor(list.length);
    new Float32Array(buffer, places.bounds[feature], room).fill(Number.POSITIVE_INFINITY).set(list);
    const entry = places.features + 16 * used++;
    view.setUint32(entry, 4 * feature, true);
    view.setUint32(entry + 4, places.bounds[feature], true);
    view.setUint32(entry + 8, 2 * room, true);
    view.setUint32(entry + 12, columnOf(places, feature, false), true);
  });
  return used;
}

function writeTrees(
  buffer: ArrayBuffer,
  places: Places,
  model: GradientBoostingModel,
  thresholds: readonly Float32Array[],
): void {
  const { nodeOffsets, leafOffsets, feature, threshold, missingLeft, left, right, leafValue } = model;
  const bins = thresholds.map((list) => new Map(Array.from(list, (value, bin) => [value, bin])));
  const view = new DataView(buffer);
  const numbers = new Uint8Array(buffer, places.leaves, MOST_LEAVES * BLOCK);
  numbers.forEach((_, at) => {
    numbers[at] = Math.floor(at / BLOCK);
  });
  const resultOf = (child: number): number =>
    child < 0 ? places.leaves + ~child * BLOCK : places.results + child * BLOCK;
  for (let tree = 0; tree + 1 < nodeOffsets.length; tree++) {
    let at = places.tree[tree];
    view.setUint32(places.trees + 4 * tree, at, true);
    view.setUint32(at, nodeOffsets[tree + 1] - nodeOffsets[tree], true);
    at += 8;
    for (let node = nodeOffsets[tree + 1] - 1; node >= nodeOffsets[tree]; node--) {
      view.setUint32(at, columnOf(places, feature[node], missingLeft[node] === 1), true);
      view.setUint32(at + 4, bins[feature[node]].get(threshold[node]) ?? 0, true);
      view.setUint32(at + 8, resultOf(left[node]), true);
      view.setUint32(at + 12, resultOf(right[node]), true);
      at += 16;
    }
    for (let leaf = leafOffsets[tree]; leaf < leafOffsets[tree + 1]; leaf++, at += 8) {
      view.setFloat64(at, leafValue[leaf], true);
    }
  }
}
