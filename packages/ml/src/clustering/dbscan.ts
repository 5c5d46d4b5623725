import { z } from 'zod';
import { MlError } from '../errors.ts';
import { defineClusterer } from '../estimator.ts';
import { checkMatrix, takeRows } from '../matrix.ts';
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts';
import { allNoise, numberedByFirstRow, shareOf } from './labels.ts';
import { RadiusKernel, radiusKernelBytes } from './radius-kernel.ts';

const params = z.object({
  eps: z.number().positive().default(1.5).describe('Rows up to this far apart are neighbours.'),
  min_samples: z
    .int()
    .min(1)
    .default(5)
    .describe('Neighbours, itself included, that make a row the core of a cluster.'),
});

/**
 * DBSCAN (Ester, Kriegel, Sander and Xu 1996), exactly: who is within eps is screened in f32 and decided in f64 at the boundary,
 * over pairs of blocks that are near enough (neighbours are counted up to min_samples only), twice, so that no list of neighbours is kept: memory grows with rows alone.
 * A row that is no core but near cores of several clusters goes to the cluster that has the first core row, as in scikit-learn.
 * A new row gets the cluster of its nearest core row if that is within eps, else noise.
 */
export const dbscan = defineClusterer({
  name: 'dbscan',
  kind: 'clusterer',
  title: 'DBSCAN',
  params,
  modelVersion: 1,
  model: z.object({
    columns: z.int().min(1),
    eps: z.number(),
    /** Core rows, row by row, and the clusters that they are of. */
    core: z.instanceof(Float64Array),
    labels: z.instanceof(Int32Array),
  }),
  memory: (rows, columns) => radiusKernelBytes(rows, columns) + rows * (8 * columns + 24),
  fit(X, { eps, min_samples }, context) {
    checkMatrix(X);
    const kernel = new RadiusKernel(X, eps, context);
    try {
      const { order } = kernel;
      const core = Uint8Array.from(kernel.counts(min_samples), (count) => (count >= min_samples ? 1 : 0));
      const sets = kernel.linkCore(core);
      // Clusters are numbered by their first core row first: where rows are near to several, that decides.
      const setOfRow = new Int32Array(X.rows).fill(-1);
      order.forEach((row, place) => {
        if (core[place]) setOfRow[row] = sets[place];
      });
      const coreNumber = numberedByFirstRow(setOfRow);
      const found = kernel.leastRank(order.map((row) => coreNumber[row]));
      const labels = coreNumber.slice();
      order.forEach((row, place) => {
        if (!core[place]) labels[row] = found[place] === 0x7fffffff ? -1 : found[place];
      });
      const numbered = numberedByFirstRow(labels);
      const coreRows = [...coreNumber.keys()].filter((row) => coreNumber[row] >= 0);
      return {
        model: {
          columns: X.columns,
          eps,
          core: takeRows(X, coreRows).data,
          labels: Int32Array.from(coreRows, (row) => numbered[row]),
        },
        labels: numbered,
        approximations: [],
      };
    } finally {
      kernel.close();
    }
  },
  forSample: (params, share) => ({ ...params, min_samples: shareOf(params.min_samples, share) }),
  placing: {
    rule: 'The cluster of the nearest core row, if that is within eps; else noise.',
    natural: false,
    value: 'distance',
  },
  place({ columns, eps, core, labels }, X, context) {
    if (X.columns !== columns) throw new MlError('SHAPE_MISMATCH', `${X.columns} columns, not ${columns}`);
    if (labels.length === 0) return allNoise(X.rows);
    const near = nearestNeighbors({ rows: labels.length, columns, data: core }, 1, context, { queries: X });
    return {
      labels: Int32Array.from(near.indices, (at, row) => (near.distances[row] <= eps ? labels[at] : -1)),
      values: near.distances,
    };
  },
});
