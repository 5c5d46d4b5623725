import type { GradientBoostingModel } from '../boosting/model.ts';
import { MlError } from '../errors.ts';
import { type PathTables, pathTables } from './path-tables.ts';

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

/** Tables of models that are still in use. */
const known = new WeakMap<GradientBoostingModel, readonly PathTables[]>();

/** The same for rows that lie one after the other; `features + 1` values per row. */
export function explainRows(model: GradientBoostingModel, rowMajor: Float32Array, rows: number): Float64Array {
  const width = model.names.length;
  if (rowMajor.length < rows * width) {
    throw new MlError('SHAPE_MISMATCH', `${rows} rows of ${width} features do not fit ${rowMajor.length} values`);
  }
  const tables = known.get(model) ?? pathTables(model);
  known.set(model, tables);
  const out = new Float64Array(rows * (width + 1));
  const sums = new Float64Array(
    tables.reduce((most, { points, ratio }) => Math.max(most, points * (ratio.length + 1)), 0),
  );
  const agrees = new Uint8Array(tables.reduce((most, { ratio }) => Math.max(most, ratio.length), 0));
  let base = model.base;
  tables.forEach((table, tree) => {
    base += meanValue(model, tree);
    for (let row = 0; row < rows; row++) {
      descend(model, tree, table, rowMajor, row * width, sums, agrees);
      ascend(model, tree, table, out, row * (width + 1), sums, agrees);
    }
  });
  for (let row = 0; row < rows; row++) out[row * (width + 1) + width] = base;
  return out;
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

/** Puts to each edge the product of its path's factors and the quadrature's weight, times the value where it ends in a leaf. */
function descend(
  model: GradientBoostingModel,
  tree: number,
  { points, weights, edgeTo, sameFeature, ratio, agree, contradict }: PathTables,
  values: Float32Array,
  valuesFrom: number,
  sums: Float64Array,
  agrees: Uint8Array,
): void {
  const { feature, threshold, missingLeft, left, right, leafValue } = model;
  const root = model.nodeOffsets[tree];
  const leaves = model.leafOffsets[tree];
  const nodes = ratio.length >> 1;
  sums.set(weights, ratio.length * points);
  for (let node = 0; node < nodes; node++) {
    const from = edgeTo[node] * points;
    const value = values[valuesFrom + feature[root + node]];
    const goesLeft = value <= threshold[root + node] || (missingLeft[root + node] === 1 && Number.isNaN(value)) ? 1 : 0;
    for (let side = 0; side < 2; side++) {
      const edge = 2 * node + side;
      const same = sameFeature[edge];
      const agreed = same < 0 ? 1 : agrees[same];
      agrees[edge] = agreed & (goesLeft ^ side);
      const child = side === 0 ? left[root + node] : right[root + node];
      const end = child < 0 ? leafValue[leaves + ~child] : 1;
      const to = edge * points;
      if (agreed) {
        const factors = agrees[edge] ? agree : contradict;
        for (let q = 0; q < points; q++) sums[to + q] = sums[from + q] * end * factors[to + q];
      } else {
        const factor = end * ratio[edge];
        for (let q = 0; q < points; q++) sums[to + q] = sums[from + q] * factor;
      }
    }
  }
}

/** Sums up the leaves below each edge, from the last to the first, and gives the edge's feature its part. */
function ascend(
  model: GradientBoostingModel,
  tree: number,
  { points, edgeTo, sameFeature, ratio, takeAgree, takeContradict }: PathTables,
  out: Float64Array,
  outFrom: number,
  sums: Float64Array,
  agrees: Uint8Array,
): void {
  const root = model.nodeOffsets[tree];
  for (let node = (ratio.length >> 1) - 1; node >= 0; node--) {
    const to = edgeTo[node] * points;
    const first = 2 * node * points;
    const second = first + points;
    for (let q = 0; q < points; q++) sums[to + q] = sums[first + q] + sums[second + q];
    const same = sameFeature[2 * node];
    // Where the row contradicts the feature further up already, the edge there has given it its part.
    if (same >= 0 && !agrees[same]) continue;
    const agreeing = agrees[2 * node] ? first : second;
    const other = agrees[2 * node] ? second : first;
    let given = 0;
    for (let q = 0; q < points; q++) {
      given += sums[agreeing + q] * takeAgree[agreeing + q] + sums[other + q] * takeContradict[q];
    }
    if (same >= 0) {
      // The edge above has counted these leaves for the same feature, with a share that is not theirs.
      for (let q = 0; q < points; q++) given -= sums[to + q] * takeAgree[same * points + q];
    }
    out[outFrom + model.feature[root + node]] += given;
  }
}
