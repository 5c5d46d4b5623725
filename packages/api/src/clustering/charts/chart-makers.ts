/** THE LIST of the pictures of a clustering. */
import type { CHARTS } from '../clustering-params.ts';
import type { ChartMaker } from './chart-data.ts';
import { meansChart, sizesChart } from './cluster-summaries.ts';
import { dendrogram } from './dendrogram.ts';
import { distanceMatrix } from './distance-matrix.ts';
import { map } from './map.ts';
import { firstColumns, placesBy } from './places.ts';

export const CHART_MAKERS: Readonly<Record<(typeof CHARTS)[number], ChartMaker>> = {
  pca: placesBy('pca', 'Principal components'),
  scatter: firstColumns,
  map,
  sizes: sizesChart,
  means: meansChart,
  distance_matrix: distanceMatrix,
  dendrogram,
  tsne: placesBy('tsne', 't-SNE'),
  umap: placesBy('umap', 'UMAP'),
};
