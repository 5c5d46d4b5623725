import { z } from 'zod';
import { kMeans } from '../clustering/k-means.ts';
import { defineSelector } from '../estimator.ts';
import { checkMatrix } from '../matrix.ts';
import { mutualInformation } from './mutual-information.ts';
import { topColumns } from './top-columns.ts';

/** Columns that tell most of the cluster that k-means puts a row into, in whatever way: not by their means alone. */
export const mutualInformationColumns = defineSelector({
  name: 'mutualInformationColumns',
  kind: 'selector',
  title: 'Columns of mutual information with k-means clusters',
  params: z.object({
    n_clusters: z.int().min(2).max(1000).default(3).describe('Number of clusters'),
    top_n: z.int().min(1).default(5).describe('How many columns stay'),
    n_neighbors: z.int().min(1).max(100).default(3).describe('Neighbours by which the information is estimated'),
    seed: z.int().default(0).describe("Of k-means' first centres"),
  }),
  memory: (rows, columns, { n_clusters }) =>
    kMeans.memory(rows, columns, kMeans.params.parse({ n_clusters })) + 60 * rows,
  fit(X, { n_clusters, top_n, n_neighbors, seed }, context) {
    checkMatrix(X, n_clusters);
    const { labels } = kMeans.fit(X, kMeans.params.parse({ n_clusters, seed, n_init: 3 }), {
      ...context,
      progress: (done) => context.progress?.(0.3 * done),
    });
    const values = new Float64Array(X.rows);
    const scores = Float64Array.from({ length: X.columns }, (_, column) => {
      context.progress?.(0.3 + (0.7 * column) / X.columns);
      for (let row = 0; row < X.rows; row++) values[row] = X.data[row * X.columns + column];
      return mutualInformation(values, labels, n_neighbors);
    });
    return { selected: topColumns(scores, top_n), scores, approximations: [] };
  },
});
