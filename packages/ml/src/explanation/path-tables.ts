import type { GradientBoostingModel } from '../boosting/model.ts';
import { gaussLegendre, type Quadrature } from './gauss-legendre.ts';

/**
 * What TreeSHAP needs of one tree and no row changes. An edge leads from a node to a child: 2 x node to the left one, 2 x node
 * + 1 to the right one. Tables hold one value per edge and point of the quadrature.
 */
export interface PathTables {
  /** Points of the quadrature, enough to be exact for the longest path; an even number, a last one of weight 0 if need be. */
  readonly points: number;
  readonly weights: Float64Array;
  /** The edge that leads to each node; of the root, the number of edges: a place beyond them. */
  readonly edgeTo: Int32Array;
  /** The edge before on the path that asks for the same feature, or -1. */
  readonly sameFeature: Int32Array;
  /** Share of the node's training rows that take the edge. */
  readonly ratio: Float64Array;
  /** Factor on the path's product where the row agrees with this edge and those of the same feature before it. */
  readonly agree: Float64Array;
  /** The same where it contradicts this edge, having agreed with those before. */
  readonly contradict: Float64Array;
  /** What an agreeing edge's feature takes of the sum of the leaves below, and (one value per point) a contradicting one's. */
  readonly takeAgree: Float64Array;
  readonly takeContradict: Float64Array;
}

export function pathTables(model: GradientBoostingModel): PathTables[] {
  const quadratures = new Map<number, Quadrature>();
  return Array.from({ length: model.nodeOffsets.length - 1 }, (_, tree) => {
    const paths = tracePaths(model, tree);
    // The product over the other features of a path has a degree one below their number.
    const points = Math.max(1, Math.ceil(paths.mostFeatures / 2));
    const quadrature = quadratures.get(points) ?? gaussLegendre(points);
    quadratures.set(points, quadrature);
    return fillTables(paths, quadrature);
  });
}

interface Paths {
  readonly edgeTo: Int32Array;
  readonly sameFeature: Int32Array;
  readonly ratio: Float64Array;
  /** Share of rows that take the path if this edge's feature alone is unknown: ratios of its edges multiplied. */
  readonly share: Float64Array;
  /** Distinct features on the longest path. */
  readonly mostFeatures: number;
}

function tracePaths(model: GradientBoostingModel, tree: number): Paths {
  const { nodeOffsets, leafOffsets, feature, left, right, cover, leafCover } = model;
  const root = nodeOffsets[tree];
  const nodes = nodeOffsets[tree + 1] - root;
  const edgeTo = new Int32Array(nodes).fill(2 * nodes);
  const sameFeature = new Int32Array(2 * nodes).fill(-1);
  const ratio = new Float64Array(2 * nodes);
  const share = new Float64Array(2 * nodes);
  const features = new Int32Array(2 * nodes);
  let mostFeatures = 0;
  for (let node = 0; node < nodes; node++) {
    let same = edgeTo[node];
    while (same < 2 * nodes && feature[root + (same >> 1)] !== feature[root + node]) same = edgeTo[same >> 1];
    if (same === 2 * nodes) same = -1;
    for (let side = 0; side < 2; side++) {
      const edge = 2 * node + side;
      const child = side === 0 ? left[root + node] : right[root + node];
      if (child >= 0) edgeTo[child] = edge;
      const rows = child >= 0 ? cover[root + child] : leafCover[leafOffsets[tree] + ~child];
      sameFeature[edge] = same;
      ratio[edge] = rows / cover[root + node];
      share[edge] = ratio[edge] * (same >= 0 ? share[same] : 1);
      features[edge] = (node > 0 ? features[edgeTo[node]] : 0) + (same >= 0 ? 0 : 1);
      mostFeatures = Math.max(mostFeatures, features[edge]);
    }
  }
  return { edgeTo, sameFeature, ratio, share, mostFeatures };
}

function fillTables({ edgeTo, sameFeature, ratio, share }: Paths, quadrature: Quadrature): PathTables {
  const points = 2 * Math.ceil(quadrature.points.length / 2);
  const t = new Float64Array(points).fill(0.5);
  t.set(quadrature.points);
  const weights = new Float64Array(points);
  weights.set(quadrature.weights);
  const agree = new Float64Array(ratio.length * points);
  const contradict = new Float64Array(ratio.length * points);
  const takeAgree = new Float64Array(ratio.length * points);
  for (let edge = 0; edge < ratio.length; edge++) {
    const same = sameFeature[edge];
    const z = share[edge];
    for (let q = 0; q < points; q++) {
      const factor = z * (1 - t[q]) + t[q];
      const before = same >= 0 ? share[same] * (1 - t[q]) + t[q] : 1;
      agree[edge * points + q] = factor / before;
      contradict[edge * points + q] = (z * (1 - t[q])) / before;
      takeAgree[edge * points + q] = (1 - z) / factor;
    }
  }
  const takeContradict = t.map((point) => -1 / (1 - point));
  return { points, weights, edgeTo, sameFeature, ratio, agree, contradict, takeAgree, takeContradict };
}
