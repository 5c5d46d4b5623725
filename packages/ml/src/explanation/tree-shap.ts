import type { GradientBoostingModel } from '../boosting/model.ts';
import { MlError } from '../errors.ts';
import { compiledExplainer } from './compiled-explainer.ts';
import { pathTables } from './path-tables.ts';
import { type Explainer, scriptedExplainer } from './scripted-explainer.ts';

/**
 * Exact Shapley values of a tree ensemble, path-dependent, as Lundberg, Erion and Lee define them ("Consistent Individualized
 * Feature Attribution for Tree Ensembles", 2018): what each feature adds to a row's raw score, a feature that is not known
 * being averaged over by the shares of training rows. The values and the base add up to the score.
 *
 * Computed as in Linear TreeSHAP (Yu et al., 2022): Shapley's weights are an integral, i! (d-1-i)! / d! = integral of
 * t^i (1-t)^(d-1-i) over [0, 1], so what a leaf of value v gives to feature k is
 *
 *     v (o_k - z_k) integral of the product over j != k of (z_j (1 - t) + o_j t)
 *
 * with z_j the share of training rows that agree with the leaf's path on feature j and o_j = 1 if the row does. It is a polynomial
 * of t that ceil(d / 2) Gauss-Legendre points integrate without error. Time per row: O(trees x leaves x depth / 2), against
 * depth^2 of the paper's Algorithm 2; all factors are positive, so rounding stays near 1e-15.
 *
 * @param row values in the model's order of features.
 * @returns one value per feature, then the base: the mean score of the training rows.
 */
export function explain(model: GradientBoostingModel, row: Float32Array): Float64Array {
  return explainRows(model, row, 1);
}

const explainers = new WeakMap<GradientBoostingModel, { readonly explainer: Explainer; readonly base: number }>();

/** The same for rows that lie one after the other; `features + 1` values per row. A model must not be changed after the first use. */
export function explainRows(model: GradientBoostingModel, rowMajor: Float32Array, rows: number): Float64Array {
  const width = model.names.length;
  if (rowMajor.length < rows * width) {
    throw new MlError('SHAPE_MISMATCH', `${rows} rows of ${width} features do not fit ${rowMajor.length} values`);
  }
  let known = explainers.get(model);
  if (!known) {
    const tables = pathTables(model);
    known = { explainer: compiledExplainer(model, tables) ?? scriptedExplainer(model, tables), base: meanScore(model) };
    explainers.set(model, known);
  }
  const out = new Float64Array(rows * (width + 1));
  for (let row = 0; row < rows; row++) {
    const from = row * (width + 1);
    known.explainer.addValues(rowMajor, row * width, out, from);
    out[from + width] = known.base;
  }
  return out;
}

function meanScore(model: GradientBoostingModel): number {
  let mean = model.base;
  for (let tree = 0; tree + 1 < model.leafOffsets.length; tree++) mean += meanValue(model, tree);
  return mean;
}

/** Mean value of a tree over the training rows. */
function meanValue({ leafOffsets, leafValue, leafCover }: GradientBoostingModel, tree: number): number {
  let sum = 0;
  let rows = 0;
  for (let leaf = leafOffsets[tree]; leaf < leafOffsets[tree + 1]; leaf++) {
    sum += leafValue[leaf] * leafCover[leaf];
    rows += leafCover[leaf];
  }
  return sum / rows;
}
