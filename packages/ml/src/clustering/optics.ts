import { z } from 'zod';
import { onlyWith } from '../applies-when.ts';
import { defineClusterer } from '../estimator.ts';
import { checkMatrix } from '../matrix.ts';
import { uncollectedBytes } from '../memory-plan.ts';
import { neighborsBytes } from '../neighbors/nearest-neighbors.ts';
import { coreDistances, partOf } from './core-distances.ts';
import { densityModel, densityModelOf, PLACING_BY_DENSITY, placeByDensity } from './density-model.ts';
import { numberedByFirstRow, shareOf } from './labels.ts';
import { growTree, growthBytes } from './spanning-tree.ts';
import { type ReachabilityPlot, xiLabels } from './xi-clusters.ts';

const params = z.object({
  min_samples: z.int().min(2).default(10).describe('Neighbours, itself included, that make a row dense.'),
  max_eps: z.number().min(0).default(0).describe('Rows farther apart do not reach each other; 0 for no limit.'),
  cluster_method: z
    .enum(['xi', 'dbscan'])
    .default('xi')
    .describe('Clusters are valleys of the reachability plot (xi), or what DBSCAN would find with eps.'),
  xi: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.05)
    .describe('How steep the sides of a valley are at least.')
    .meta(onlyWith('cluster_method', 'xi')),
  eps: z
    .number()
    .positive()
    .default(1.5)
    .describe('Rows up to this far apart are neighbours, as DBSCAN has it.')
    .meta(onlyWith('cluster_method', 'dbscan')),
  min_cluster_size: z
    .number()
    .positive()
    .default(0.1)
    .describe('Fewest rows of a valley: a share of all up to 1, else a count.')
    .meta(onlyWith('cluster_method', 'xi')),
});

/**
 * OPTICS (Ankerst, Breunig, Kriegel and Sander 1999) with scikit-learn's order of visits, in O(rows columns) memory.
 * New rows: see density-model.ts.
 */
export const optics = defineClusterer({
  name: 'optics',
  kind: 'clusterer',
  title: 'OPTICS',
  params,
  modelVersion: 1,
  model: densityModel,
  memory: (rows, columns, { min_samples }) =>
    Math.max(neighborsBytes(rows, columns, min_samples), growthBytes(rows, columns)) +
    rows * (8 * columns + 80) +
    uncollectedBytes(rows),
  fit(X, settings, context) {
    checkMatrix(X, 2);
    const limit = settings.max_eps || Number.POSITIVE_INFINITY;
    const core = coreDistances(X, settings.min_samples, partOf(context, 0, 0.3)).map((distance) =>
      distance > limit ? Number.POSITIVE_INFINITY : distance,
    );
    const plot = growTree(X, { core, mutual: false, limit }, partOf(context, 0.3, 1));
    const { min_cluster_size, min_samples, xi, eps } = settings;
    const least =
      min_cluster_size <= 1 ? Math.max(2, Math.floor(min_cluster_size * X.rows)) : Math.floor(min_cluster_size);
    const found =
      settings.cluster_method === 'xi' ? xiLabels(plot, xi, min_samples, least) : dbscanLabels(plot, core, eps);
    const labels = numberedByFirstRow(found);
    const reached = new Float64Array(X.rows);
    plot.order.forEach((row, place) => {
      reached[row] = plot.reach[place];
    });
    // The first row of a valley was reached from outside of it.
    const seen = new Set<number>();
    for (const row of plot.order) {
      if (labels[row] < 0 || seen.has(labels[row])) continue;
      seen.add(labels[row]);
      reached[row] = Number.POSITIVE_INFINITY;
    }
    return { model: densityModelOf(X, labels, core, reached), labels, approximations: [] };
  },
  forSample: (params, share) => ({
    ...params,
    min_samples: shareOf(params.min_samples, share),
    // Up to 1 it is a share already.
    min_cluster_size: params.min_cluster_size > 1 ? shareOf(params.min_cluster_size, share) : params.min_cluster_size,
  }),
  placing: PLACING_BY_DENSITY,
  place: placeByDensity,
});

/** A row that nothing reaches within eps starts a cluster if it is dense, else is noise. */
function dbscanLabels({ order, reach }: ReachabilityPlot, core: Float64Array, eps: number): Int32Array {
  const labels = new Int32Array(order.length);
  let label = -1;
  order.forEach((row, place) => {
    const far = reach[place] > eps;
    const dense = core[row] <= eps;
    if (far && dense) label++;
    labels[row] = far && !dense ? -1 : label;
  });
  return labels;
}
