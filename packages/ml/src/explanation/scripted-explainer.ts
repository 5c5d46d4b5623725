import type { GradientBoostingModel } from '../boosting/model.ts';
import type { PathTables } from './path-tables.ts';

export interface Explainer {
  /** Adds the Shapley values of the row that starts at `from` to the features' places from `outFrom` on. */
  addValues(values: Float32Array, from: number, out: Float64Array, outFrom: number): void;
}

/** Shapley values in plain TypeScript; the sums are in the compiled code's order, so both give the same bits. */
export function scriptedExplainer(model: GradientBoostingModel, tables: readonly PathTables[]): Explainer {
  const places = Math.max(0, ...tables.map(({ points, ratio }) => points * (ratio.length + 1)));
  const sums = new Float64Array(places);
  const agrees = new Uint8Array(Math.max(0, ...tables.map(({ ratio }) => ratio.length)));
  return {
    addValues(values, from, out, outFrom) {
      tables.forEach((table, tree) => {
        descend(model, tree, table, values, from, sums, agrees);
        ascend(model, tree, table, out, outFrom, sums, agrees);
      });
    },
  };
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
    let [even, odd] = [0, 0];
    for (let q = 0; q < points; q += 2) {
      even += sums[agreeing + q] * takeAgree[agreeing + q] + sums[other + q] * takeContradict[q];
      odd += sums[agreeing + q + 1] * takeAgree[agreeing + q + 1] + sums[other + q + 1] * takeContradict[q + 1];
    }
    if (same >= 0) {
      // The edge above has counted these leaves for the same feature, with a share that is not theirs.
      for (let q = 0; q < points; q += 2) {
        even -= sums[to + q] * takeAgree[same * points + q];
        odd -= sums[to + q + 1] * takeAgree[same * points + q + 1];
      }
    }
    out[outFrom + model.feature[root + node]] += even + odd;
  }
}
