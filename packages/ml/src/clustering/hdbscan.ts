import { z } from 'zod';
import { onlyWith } from '../applies-when.ts';
import { defineClusterer } from '../estimator.ts';
import { checkMatrix } from '../matrix.ts';
import { uncollectedBytes } from '../memory-plan.ts';
import { neighborsBytes } from '../neighbors/nearest-neighbors.ts';
import { condense, labelsOf, selectClusters } from './condensed-tree.ts';
import { coreDistances, partOf } from './core-distances.ts';
import { densityModel, densityModelOf, PLACING_BY_DENSITY, placeByDensity } from './density-model.ts';
import { numberedByFirstRow, shareOf } from './labels.ts';
import { treeOfPairs } from './merge-tree.ts';
import { growTree, growthBytes } from './spanning-tree.ts';

const params = z.object({
  min_cluster_size: z.int().min(2).default(5).describe('Fewest rows of a cluster.'),
  min_samples: z
    .int()
    .min(0)
    .default(0)
    .describe('Neighbours, itself included, by which a row is as dense as they are near; 0: as min_cluster_size.'),
  cluster_selection_epsilon: z.number().min(0).default(0).describe('Clusters nearer than this are one.'),
  max_cluster_size: z
    .int()
    .min(0)
    .default(0)
    .describe('Larger clusters are split where the tree splits; 0 for no limit.')
    .meta(onlyWith('cluster_selection_method', 'eom')),
  alpha: z
    .number()
    .positive()
    .default(1)
    .describe('Distances are divided by it before they are compared with density.'),
  cluster_selection_method: z
    .enum(['eom', 'leaf'])
    .default('eom')
    .describe('Clusters that last longest (excess of mass), or the finest ones (leaf).'),
  allow_single_cluster: z.boolean().default(false).describe('Whether all may be one cluster.'),
});

/**
 * HDBSCAN (Campello, Moulavi and Sander 2013; McInnes, Healy and Astels 2017) with scikit-learn's parameters: the exact
 * minimum spanning tree of mutual reachability, without a table of distances. New rows: see density-model.ts.
 */
export const hdbscan = defineClusterer({
  name: 'hdbscan',
  kind: 'clusterer',
  title: 'HDBSCAN',
  params,
  modelVersion: 1,
  model: densityModel,
  memory: (rows, columns, { min_samples, min_cluster_size }) =>
    Math.max(neighborsBytes(rows, columns, min_samples || min_cluster_size), growthBytes(rows, columns)) +
    rows * (8 * columns + 120) +
    uncollectedBytes(rows),
  fit(X, settings, context) {
    checkMatrix(X, 2);
    const core = coreDistances(X, settings.min_samples || settings.min_cluster_size, partOf(context, 0, 0.3));
    const { order, reach, near } = growTree(X, { core, mutual: true, alpha: settings.alpha }, partOf(context, 0.3, 1));
    const tree = condense(
      treeOfPairs(near.subarray(1), order.subarray(1), reach.subarray(1)),
      settings.min_cluster_size,
    );
    const selection = {
      method: settings.cluster_selection_method,
      epsilon: settings.cluster_selection_epsilon,
      maxSize: settings.max_cluster_size || Number.POSITIVE_INFINITY,
      allowSingle: settings.allow_single_cluster,
    };
    const labels = numberedByFirstRow(labelsOf(tree, selectClusters(tree, selection), selection));
    const left = tree.lambda.map((lambda) => 1 / lambda);
    return { model: densityModelOf(X, labels, core, left), labels, approximations: [] };
  },
  forSample: (params, share) => ({
    ...params,
    min_cluster_size: shareOf(params.min_cluster_size, share),
    min_samples: params.min_samples && shareOf(params.min_samples, share),
  }),
  placing: PLACING_BY_DENSITY,
  place: placeByDensity,
});
