import { z } from 'zod';
import { MlError } from '../errors.ts';
import type { FitContext, Placed, Placing } from '../estimator.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';
import { allNoise, clusterCount } from './labels.ts';

/** What OPTICS and HDBSCAN need to place new rows. */
export const densityModel = z.object({
  columns: z.int().min(1),
  /** Rows that are of a cluster, their clusters and core distances. */
  rows: z.instanceof(Float64Array),
  labels: z.instanceof(Int32Array),
  core: z.instanceof(Float64Array),
  /** Of each cluster: the greatest distance, in terms of the method, at which a row of it was still reached. */
  limits: z.instanceof(Float64Array),
});
export type DensityModel = z.output<typeof densityModel>;

/** @param reached at what distance each row was reached by its cluster; not finite for the one that it starts from. */
export function densityModelOf(X: Matrix, labels: Int32Array, core: Float64Array, reached: Float64Array): DensityModel {
  const clustered = [...labels.keys()].filter((row) => labels[row] >= 0);
  const limits = new Float64Array(clusterCount(labels));
  for (const row of clustered) {
    const distance = Number.isFinite(reached[row]) ? reached[row] : core[row];
    if (Number.isFinite(distance)) limits[labels[row]] = Math.max(limits[labels[row]], distance);
  }
  return {
    columns: X.columns,
    rows: new Float64Array(takeRows(X, clustered).data),
    labels: Int32Array.from(clustered, (row) => labels[row]),
    core: Float64Array.from(clustered, (row) => core[row]),
    limits,
  };
}

export const PLACING_BY_DENSITY: Placing = {
  rule: 'The cluster of the nearest clustered row, unless it is farther, or that row less dense, than any row of the cluster was when it was reached: then noise.',
  natural: false,
  value: 'distance',
};

/** As PLACING_BY_DENSITY says: neither the distance nor that row's core distance may be beyond the cluster's limit. */
export function placeByDensity(model: DensityModel, X: Matrix, context: FitContext): Placed {
  const { columns, rows, labels, core, limits } = model;
  if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
  if (labels.length === 0) return allNoise(X.rows);
  const near = nearestNeighbors({ rows: labels.length, columns, data: rows }, 1, context, { queries: X });
  return {
    labels: Int32Array.from(near.indices, (at, row) =>
      Math.max(near.distances[row], core[at]) <= limits[labels[at]] ? labels[at] : -1,
    ),
    values: near.distances,
  };
}
