import { z } from 'zod';
import { kMeans } from '../clustering/k-means.ts';
import { defineSelector } from '../estimator.ts';
import { checkMatrix } from '../matrix.ts';
import { meanOf, varianceOf } from '../preprocessing/quantile.ts';
import { topColumns } from './top-columns.ts';

/** Columns in which the centres of k-means lie far apart. */
export const kMeansColumns = defineSelector({
  name: 'kMeansColumns',
  kind: 'selector',
  title: 'Columns that k-means tells clusters by',
  params: z.object({
    n_clusters: z.int().min(2).max(1000).default(3).describe('Number of clusters'),
    top_n: z.int().min(1).default(5).describe('How many columns stay'),
    seed: z.int().default(0).describe("Of k-means' first centres"),
  }),
  memory: (rows, columns, { n_clusters }) =>
    kMeans.memory(rows, columns, kMeans.params.parse({ n_clusters })) + 4 * rows,
  fit(X, { n_clusters, top_n, seed }, context) {
    checkMatrix(X, n_clusters);
    const { model } = kMeans.fit(X, kMeans.params.parse({ n_clusters, seed, n_init: 3 }), context);
    const scores = Float64Array.from({ length: X.columns }, (_, column) => {
      const own = Float64Array.from({ length: n_clusters }, (__, at) => model.centres[at * X.columns + column]);
      return varianceOf(own, meanOf(own));
    });
    return { selected: topColumns(scores, top_n), scores, approximations: [] };
  },
});
