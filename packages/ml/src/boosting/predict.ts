import { MlError } from '../errors.ts';
import { type Columns, checkColumns, toRowMajor } from './columns.ts';
import { type CompiledForest, compileForest } from './compiled-forest.ts';
import type { GradientBoostingModel } from './model.ts';

export type { GradientBoostingModel } from './model.ts';

/** Rows that pass a tree together: few enough for their features to stay in the nearest cache. */
const BLOCK = 64;

/** From so many rows on, compiled code is worth filling its blocks for. */
const FEW_ROWS = 16;

const forests = new WeakMap<GradientBoostingModel, { readonly forest: CompiledForest | undefined }>();

/** The model in compiled form, made on first use; a model must not be changed after that. */
function forestOf(model: GradientBoostingModel): CompiledForest | undefined {
  let known = forests.get(model);
  if (!known) {
    known = { forest: compileForest(model) };
    forests.set(model, known);
  }
  return known.forest;
}

/**
 * Raw scores of a block of rows, one row after the other, features in the model's order.
 * @param out receives `rows` scores.
 * @throws MlError SHAPE_MISMATCH where the arrays are too short.
 */
export function predictRows(
  model: GradientBoostingModel,
  rowMajor: Float32Array,
  rows: number,
  out: Float64Array,
): void {
  const width = model.names.length;
  if (rowMajor.length < rows * width || out.length < rows) {
    throw new MlError('SHAPE_MISMATCH', `${rows} rows of ${width} features do not fit the arrays`);
  }
  out.fill(model.base, 0, rows);
  const forest = rows >= FEW_ROWS ? forestOf(model) : undefined;
  if (forest) forest.addScores(rowMajor, rows, out);
  else addTrees(model, 0, model.nodeOffsets.length - 1, rowMajor, rows, out);
}

/** Adds the values of trees `fromTree`..`toTree`-1 to the scores. */
export function addTrees(
  model: GradientBoostingModel,
  fromTree: number,
  toTree: number,
  rowMajor: Float32Array,
  rows: number,
  scores: Float64Array,
): void {
  const { nodeOffsets, leafOffsets, feature, threshold, missingLeft, left, right, leafValue } = model;
  const width = model.names.length;
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK);
    for (let tree = fromTree; tree < toTree; tree++) {
      const root = nodeOffsets[tree];
      const leaves = leafOffsets[tree];
      if (nodeOffsets[tree + 1] === root) {
        for (let row = start; row < end; row++) scores[row] += leafValue[leaves];
        continue;
      }
      for (let row = start; row < end; row++) {
        const base = row * width;
        let node = 0;
        do {
          const at = root + node;
          const value = rowMajor[base + feature[at]];
          // A comparison with NaN is false, so a missing value falls through to the question after it.
          node = value <= threshold[at] || (Number.isNaN(value) && missingLeft[at] === 1) ? left[at] : right[at];
        } while (node >= 0);
        scores[row] += leafValue[leaves + ~node];
      }
    }
  }
}

/** Raw scores of a table's rows. */
export function predictGradientBoosting(
  model: GradientBoostingModel,
  X: Columns,
  out: Float64Array = new Float64Array(X.rows),
): Float64Array {
  checkColumns(X);
  if (X.columns.length !== model.names.length) {
    throw new MlError('SHAPE_MISMATCH', `${X.columns.length} columns, the model has ${model.names.length} features`);
  }
  predictRows(model, toRowMajor(X), X.rows, out);
  return out;
}
