import { z } from 'zod';
import { MlError } from '../errors.ts';
import type { FitContext } from '../estimator.ts';
import { type Matrix, takeRows } from '../matrix.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';
import { clusterCount } from './labels.ts';

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

/** The cluster of the nearest clustered row, unless its distance, or that row's core distance, is beyond the cluster's limit: then noise. */
export function predictByDensity(model: DensityModel, X: Matrix, context: FitContext): Int32Array {
  const { columns, rows, labels, core, limits } = model;
  if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
  if (labels.length === 0) return new Int32Array(X.rows).fill(-1);
  const nearest = nearestNeighbors({ rows: labels.length, columns, data: rows }, 1, context, { queries: X });
  return Int32Array.from(nearest.indices, (at, row) =>
    Math.max(nearest.distances[row], core[at]) <= limits[labels[at]] ? labels[at] : -1,
  );
}
